using AgentOperator.Api;
using AgentOperator.Api.Runtime;
using AgentOperator.Api.Workflows;
using AgentOperator.Channels;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Workflows.Jobs;

/// <summary>The pod of an attempt that our runtime carries out: what it is to do is an annotation, which it reads as a file.</summary>
internal static class RuntimePod
{
    private const string TaskVolume = "task";
    private const string TmpVolume = "tmp";
    private const string ItemsVolume = "items";

    public static PodSpec Of(Workflow workflow, WorkflowStatus status, AttemptStart start, StepMaterial material, StepPodOptions options) => new()
    {
        RestartPolicy = "Never",
        TerminationGracePeriodSeconds = 30,
        DnsPolicy = "ClusterFirst",
        SchedulerName = "default-scheduler",
        AutomountServiceAccountToken = false,
        EnableServiceLinks = false,
        SecurityContext = PodSecurity.Restricted,
        Volumes =
        [
            new Volume
            {
                Name = TaskVolume,
                DownwardApi = new DownwardApiVolumeSource
                {
                    Items = [new DownwardApiVolumeFile { Path = Path.GetFileName(RuntimeFiles.Task), FieldRef = new ObjectFieldSelector { FieldPath = $"metadata.annotations['{Labels.Task}']" } }],
                },
            },
            new Volume { Name = TmpVolume, EmptyDir = new EmptyDirVolumeSource() },
            .. VolumesOf(material),
            .. ChannelPart.Volumes(options.Channel),
        ],
        Containers =
        [
            new Container
            {
                Name = PodReader.MainContainer,
                Image = options.RuntimeImage,
                ImagePullPolicy = ImagePullPolicy.Of(options.RuntimeImage!),
                Args = ["step"],
                Env =
                [
                    .. StepEnvironment.Of(workflow, status, start),
                    .. ChannelPart.Variables(options.Channel, ChannelPaths.ResultOf(workflow.Metadata.Namespace!, workflow.Metadata.Name!, start.Job)),
                    .. options.TelemetryVariables,
                    .. material.Secrets,
                ],
                Resources = options.RuntimeResources,
                VolumeMounts =
                [
                    new VolumeMount { Name = TaskVolume, MountPath = RuntimeFiles.Folder, ReadOnly = true },
                    new VolumeMount { Name = TmpVolume, MountPath = "/tmp" },
                    .. material.ItemInputs is null ? (VolumeMount[])[] : [new VolumeMount { Name = ItemsVolume, MountPath = RuntimeFiles.Items, ReadOnly = true }],
                    .. ChannelPart.Mounts(options.Channel),
                ],
                SecurityContext = PodSecurity.RestrictedContainer,
                TerminationMessagePath = "/dev/termination-log",
                TerminationMessagePolicy = "File",
            },
        ],
    };

    private static IReadOnlyList<Volume> VolumesOf(StepMaterial material) => material.ItemInputs is not { } inputs
        ? []
        : [new Volume { Name = ItemsVolume, Projected = new ProjectedVolumeSource { DefaultMode = 0b100_100_100, Sources = [.. inputs.Select(static map => new VolumeProjection { ConfigMap = new ConfigMapProjection { Name = map.Metadata.Name! } })] } }];
}
