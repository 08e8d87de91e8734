using System.Text.Json;
using AgentOperator.Agents.Dapr;
using AgentOperator.Agents.Resolving;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;
using AgentOperator.Channels;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Checking;
using AgentOperator.Workflows.Jobs;

namespace AgentOperator.Agents.Building;

/// <summary>The pods of an Agent, written out in full: they pass the Pod Security Standard restricted, with a root that nobody writes to.</summary>
internal static class AgentPodBuilder
{
    /// <summary>Longest that calls in flight may take when a pod is to end.</summary>
    public const int MaxDrainSeconds = 60;

    private const int Margin = 5;
    private const long UnprivilegedId = 65532;
    private const int DefaultTimeoutSeconds = 600;

    private const string ConfigVolume = "agentoperator-config";
    private const string TmpVolume = "agentoperator-tmp";

    /// <exception cref="JsonException">A part of the pod in the spec is none; the path says where.</exception>
    public static PodTemplateSpec Build(Agent agent, ResolvedAgent resolved, AgentPlatform platform)
    {
        AgentDeployment said = agent.Spec.Deployment ?? new AgentDeployment();
        int drain = DrainSeconds(agent.Spec);
        Dictionary<string, string> annotations = new(said.PodTemplate?.Annotations ?? new Dictionary<string, string>(), StringComparer.Ordinal) { [Labels.ConfigHash] = resolved.ConfigHash };
        if (resolved.HasDapr)
        {
            foreach ((string name, string value) in DaprPod.Annotations(agent, drain, DaprObjects.HasConfiguration(agent.Spec, platform)))
            {
                annotations[name] = value;
            }
        }

        Dictionary<string, string> labels = new(said.PodTemplate?.Labels ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach ((string name, string value) in AgentNames.LabelsOf(agent))
        {
            labels[name] = value;
        }

        return new PodTemplateSpec
        {
            Metadata = new ObjectMeta { Labels = labels, Annotations = annotations },
            Spec = new PodSpec
            {
                RestartPolicy = "Always",
                TerminationGracePeriodSeconds = drain + (resolved.HasDapr ? DaprPod.GracefulSeconds : 0) + Margin,
                DnsPolicy = "ClusterFirst",
                SchedulerName = "default-scheduler",
                ServiceAccountName = said.ServiceAccountName ?? agent.Metadata.Name,

                // Who names an account wants its token, unless the account itself says otherwise.
                AutomountServiceAccountToken = said.ServiceAccountName is null ? false : null,
                EnableServiceLinks = false,
                SecurityContext = new PodSecurityContext { RunAsNonRoot = true, RunAsUser = UnprivilegedId, RunAsGroup = UnprivilegedId, FsGroup = UnprivilegedId, SeccompProfile = new SeccompProfile { Type = "RuntimeDefault" } },
                ImagePullSecrets = said.ImagePullSecrets is { Count: > 0 } secrets ? [.. secrets.Select(static secret => new LocalObjectReference { Name = secret.Name })] : null,
                NodeSelector = said.NodeSelector,
                Tolerations = PodPart.ReadAll<Toleration>(said.Tolerations),
                Affinity = said.Affinity,
                Volumes = [.. Volumes(agent, platform), .. PodPart.ReadAll<Volume>(said.Volumes) ?? []],
                Containers = [ContainerOf(agent, resolved, platform, said)],
            },
        };
    }

    /// <summary>Seconds that calls in flight get: no more than a call may take.</summary>
    public static int DrainSeconds(AgentSpec spec) =>
        (int)Math.Clamp(Math.Ceiling(spec.Limits?.Timeout?.ToTimeSpan().TotalSeconds ?? DefaultTimeoutSeconds), 1, MaxDrainSeconds);

    private static Container ContainerOf(Agent agent, ResolvedAgent resolved, AgentPlatform platform, AgentDeployment said) => new()
    {
        Name = AgentNames.Container,
        Image = resolved.Image,
        ImagePullPolicy = said.ImagePullPolicy ?? ImagePullPolicy.Of(resolved.Image),
        Command = said.Command,
        Args = said.Args,
        Env = [.. AgentEnvironment.Of(agent, resolved, platform)],
        Ports = [new ContainerPort { Name = "http", ContainerPortNumber = RuntimeFiles.Port, Protocol = "TCP" }],
        Resources = ResourcesOf(said),
        VolumeMounts =
        [
            new VolumeMount { Name = ConfigVolume, MountPath = RuntimeFiles.Folder, ReadOnly = true },
            new VolumeMount { Name = TmpVolume, MountPath = "/tmp" },
            .. IsOurs(agent.Spec) ? ChannelPart.Mounts(platform.Channel) : [],
            .. PodPart.ReadAll<VolumeMount>(said.VolumeMounts) ?? [],
        ],
        ReadinessProbe = ProbeOf(agent.Spec, "/readyz") with { PeriodSeconds = 5, FailureThreshold = 3 },
        LivenessProbe = ProbeOf(agent.Spec, "/healthz") with { PeriodSeconds = 10, FailureThreshold = 6, InitialDelaySeconds = 10 },
        TerminationMessagePath = "/dev/termination-log",
        TerminationMessagePolicy = "FallbackToLogsOnError",
        SecurityContext = new SecurityContext { AllowPrivilegeEscalation = false, ReadOnlyRootFilesystem = true, Capabilities = new Capabilities { Drop = ["ALL"] } },
    };

    /// <summary>An image of the user's own need not speak HTTP at any path that is known here. Neither probe asks the sidecar: it becomes ready only after the agent.</summary>
    private static Probe ProbeOf(AgentSpec spec, string path) => new()
    {
        HttpGet = IsOurs(spec) ? new HttpGetAction { Path = path, Port = RuntimeFiles.Port, Scheme = "HTTP" } : null,
        TcpSocket = IsOurs(spec) ? null : new TcpSocketAction { Port = RuntimeFiles.Port },
        TimeoutSeconds = 5,
        SuccessThreshold = 1,
    };

    /// <summary>An autoscaler on CPU needs to know what was asked for.</summary>
    private static ResourceRequirements ResourcesOf(AgentDeployment said) => new()
    {
        Limits = said.Resources?.Limits,
        Requests = said.Resources?.Requests ?? new Dictionary<string, Quantity>(StringComparer.Ordinal) { ["cpu"] = new("50m"), ["memory"] = new("128Mi") },
    };

    private static IEnumerable<Volume> Volumes(Agent agent, AgentPlatform platform)
    {
        yield return new Volume
        {
            Name = ConfigVolume,
            ConfigMap = new ConfigMapVolumeSource { Name = AgentNames.ConfigMapOf(agent.Metadata.Name!), DefaultMode = 420, Items = [new KeyToPath { Key = AgentConfigMap.Key, Path = AgentConfigMap.Key }] },
        };
        yield return new Volume { Name = TmpVolume, EmptyDir = new EmptyDirVolumeSource() };
        foreach (Volume token in IsOurs(agent.Spec) ? ChannelPart.Volumes(platform.Channel) : [])
        {
            yield return token;
        }
    }

    private static bool IsOurs(AgentSpec spec) => spec.Deployment?.Image is null;
}
