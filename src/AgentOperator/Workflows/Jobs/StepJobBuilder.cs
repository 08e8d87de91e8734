using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Channels;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Checking;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Locking;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Jobs;

/// <summary>The Job of one attempt, written out in full: nothing depends on defaults of an API server.</summary>
internal static class StepJobBuilder
{
    // A net only: Jobs of runs that are still in history are wanted, and nobody keeps a run for longer than this.
    private const int TtlSeconds = 7 * 24 * 3600;

    /// <exception cref="TemplateException">A value that the step needs is not there.</exception>
    public static Job Build(Workflow workflow, WorkflowStatus status, AttemptStart start, StepMaterial material, StepPodOptions options)
    {
        string uid = workflow.Metadata.Uid!;
        long run = status.Run!.Value;
        Dictionary<string, string> labels = LabelsOf(workflow, run, start);
        long? seconds = (start.Step.Timeout ?? status.RunSpec!.Defaults?.Timeout) is { } limit ? (long)Math.Ceiling(limit.ToTimeSpan().TotalSeconds) : null;
        return new Job
        {
            Metadata = new ObjectMeta
            {
                Name = start.Job,
                Namespace = workflow.Metadata.Namespace,
                Labels = labels,
                Annotations = new Dictionary<string, string> { [Labels.AttemptKey] = AttemptName.Key(uid, run, start.Id) },
                OwnerReferences = [new OwnerReference { ApiVersion = workflow.ApiVersion, Kind = workflow.Kind, Name = workflow.Metadata.Name!, Uid = uid, Controller = true }],
            },
            Spec = new JobSpec
            {
                Parallelism = material.Shape?.Parallelism ?? 1,
                Completions = material.Shape?.Completions ?? 1,
                CompletionMode = material.Shape is null ? "NonIndexed" : "Indexed",
                BackoffLimit = material.Shape is null ? 0 : int.MaxValue,
                BackoffLimitPerIndex = material.Shape is null ? null : 0,
                MaxFailedIndexes = material.Shape?.MaxFailedIndexes,
                SuccessPolicy = material.Shape?.SucceededCount is { } enough ? new SuccessPolicy { Rules = [new SuccessPolicyRule { SucceededCount = enough }] } : null,
                Suspend = false,
                ActiveDeadlineSeconds = material.Shape is null ? seconds : null,
                TtlSecondsAfterFinished = TtlSeconds,
                PodReplacementPolicy = "Failed",
                PodFailurePolicy = new PodFailurePolicy
                {
                    Rules = [new PodFailurePolicyRule { Action = "Ignore", OnPodConditions = [new PodFailurePolicyOnPodCondition { Type = "DisruptionTarget", Status = ConditionStatus.True }] }],
                },
                Template = start.Step.Container is null
                    ? new PodTemplateSpec
                    {
                        Metadata = new ObjectMeta { Labels = labels, Annotations = new Dictionary<string, string> { [Labels.Task] = RuntimeTask.Of(workflow, status, start, material) } },

                        // The timeout is that of an item: the pods of one Job follow each other.
                        Spec = RuntimePod.Of(workflow, status, start, material, options) with { ActiveDeadlineSeconds = material.Shape is null ? null : seconds },
                    }
                    : new PodTemplateSpec { Metadata = new ObjectMeta { Labels = labels }, Spec = PodOf(workflow, status, start, material, options) },
            },
        };
    }

    private static Dictionary<string, string> LabelsOf(Workflow workflow, long run, AttemptStart start)
    {
        Dictionary<string, string> labels = CommonLabelsOf(workflow, run, start);
        if (start.Item is { } item)
        {
            labels.Add(Labels.Item, item.ToString(CultureInfo.InvariantCulture));
        }

        foreach (string holder in LocksAbove.Of(workflow))
        {
            labels[LocksAbove.LabelOf(holder)] = "true";
        }

        return labels;
    }

    private static Dictionary<string, string> CommonLabelsOf(Workflow workflow, long run, AttemptStart start) => new(StringComparer.Ordinal)
    {
        [Labels.AppName] = "workflow",
        [Labels.Instance] = workflow.Metadata.Name!,
        [Labels.Component] = "step",
        [Labels.PartOf] = Labels.ManagedByValue,
        [Labels.ManagedBy] = Labels.ManagedByValue,
        [Labels.Workflow] = workflow.Metadata.Name!,
        [Labels.Run] = run.ToString(CultureInfo.InvariantCulture),
        [Labels.Step] = start.Step.Name,
        [Labels.Attempt] = start.Attempt.ToString(CultureInfo.InvariantCulture),
    };

    private static PodSpec PodOf(Workflow workflow, WorkflowStatus status, AttemptStart start, StepMaterial material, StepPodOptions options)
    {
        ContainerStep step = start.Step.Container!;

        // Who declares no outputs has nothing to tell.
        ChannelAccess? channel = start.Step.Outputs is { Count: > 0 } ? options.Channel : null;

        // First, since its texts say which files there are.
        Container container = ContainerOf(workflow, status, start, material, channel);
        return new PodSpec
        {
            RestartPolicy = "Never",
            TerminationGracePeriodSeconds = 30,
            DnsPolicy = "ClusterFirst",
            SchedulerName = "default-scheduler",
            ServiceAccountName = step.ServiceAccountName,

            // Who names an account wants its token, unless the account itself says otherwise.
            AutomountServiceAccountToken = step.ServiceAccountName is null ? false : null,
            EnableServiceLinks = false,
            SecurityContext = PodSecurity.OfPod(step),
            ImagePullSecrets = step.ImagePullSecrets is null ? null : [.. step.ImagePullSecrets.Select(static secret => new LocalObjectReference { Name = secret.Name })],
            NodeSelector = step.NodeSelector,
            Tolerations = PodPart.ReadAll<Toleration>(step.Tolerations),
            Volumes = Join(PodPart.ReadAll<Volume>(step.Volumes), [.. ChannelPart.Volumes(channel), .. FilesPart.Volumes(material.Scope.Files, start)]),
            Containers = [container],
        };
    }

    private static Container ContainerOf(Workflow workflow, WorkflowStatus status, AttemptStart start, StepMaterial material, ChannelAccess? channel)
    {
        IValueScope scope = material.Scope;
        ContainerStep step = start.Step.Container!;
        List<string>? command = Render(step.Command, scope);
        List<string>? args = Render(step.Args, scope);
        EnvVar[] own = [.. (step.Env ?? []).Select(variable => VariableOf(variable, scope))];
        return new Container
        {
            Name = PodReader.MainContainer,
            Image = step.Image,
            ImagePullPolicy = step.ImagePullPolicy ?? ImagePullPolicy.Of(step.Image),
            Command = command,
            Args = args,
            WorkingDir = step.WorkingDir,
            Env =
            [
                .. StepEnvironment.Of(workflow, status, start),
                .. StepEnvironment.OfItem(start, material.Item),
                .. ChannelPart.Variables(channel, ChannelPaths.ResultOf(workflow.Metadata.Namespace!, workflow.Metadata.Name!, start.Job)),
                .. own,
            ],
            EnvFrom = PodPart.ReadAll<EnvFromSource>(step.EnvFrom),
            Resources = new ResourceRequirements { Limits = step.Resources?.Limits, Requests = step.Resources?.Requests },
            VolumeMounts = Join(PodPart.ReadAll<VolumeMount>(step.VolumeMounts), [.. ChannelPart.Mounts(channel), .. FilesPart.Mounts(scope.Files)]),
            SecurityContext = PodSecurity.OfContainer(step),
            TerminationMessagePath = "/dev/termination-log",
            TerminationMessagePolicy = "File",
        };
    }

    private static IReadOnlyList<T>? Join<T>(IReadOnlyList<T>? own, IReadOnlyList<T> more) => more is [] ? own : [.. own ?? [], .. more];

    private static EnvVar VariableOf(StepEnvVar variable, IValueScope scope) => variable.ValueFrom is { } source
        ? new EnvVar { Name = variable.Name, ValueFrom = PodPart.Read<EnvVarSource>(source) }
        : new EnvVar { Name = variable.Name, Value = TemplateText.Parse(variable.Value ?? "").Render(scope) };

    private static List<string>? Render(IReadOnlyList<string>? texts, IValueScope scope) => texts is null ? null : [.. texts.Select(text => TemplateText.Parse(text).Render(scope))];
}
