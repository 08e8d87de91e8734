using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Jobs;

/// <summary>The Job of one attempt, written out in full: nothing depends on defaults of an API server.</summary>
internal static class StepJobBuilder
{
    // A net only: Jobs of runs that are still in history are wanted, and nobody keeps a run for longer than this.
    private const int TtlSeconds = 7 * 24 * 3600;
    private const long UnprivilegedId = 65532;

    /// <exception cref="TemplateException">A value that the step needs is not there.</exception>
    public static Job Build(Workflow workflow, WorkflowStatus status, AttemptStart start)
    {
        string uid = workflow.Metadata.Uid!;
        long run = status.Run!.Value;
        Dictionary<string, string> labels = LabelsOf(workflow, run, start);
        Duration? timeout = start.Step.Timeout ?? status.RunSpec!.Defaults?.Timeout;
        return new Job
        {
            Metadata = new ObjectMeta
            {
                Name = start.Job,
                Namespace = workflow.Metadata.Namespace,
                Labels = labels,
                Annotations = new Dictionary<string, string> { [Labels.AttemptKey] = AttemptName.Key(uid, run, start.Step.Name, start.Attempt) },
                OwnerReferences = [new OwnerReference { ApiVersion = workflow.ApiVersion, Kind = workflow.Kind, Name = workflow.Metadata.Name!, Uid = uid, Controller = true }],
            },
            Spec = new JobSpec
            {
                Parallelism = 1,
                Completions = 1,
                CompletionMode = "NonIndexed",
                BackoffLimit = 0,
                Suspend = false,
                ActiveDeadlineSeconds = timeout is { } limit ? (long)Math.Ceiling(limit.ToTimeSpan().TotalSeconds) : null,
                TtlSecondsAfterFinished = TtlSeconds,
                PodReplacementPolicy = "Failed",
                PodFailurePolicy = new PodFailurePolicy
                {
                    Rules = [new PodFailurePolicyRule { Action = "Ignore", OnPodConditions = [new PodFailurePolicyOnPodCondition { Type = "DisruptionTarget", Status = ConditionStatus.True }] }],
                },
                Template = new PodTemplateSpec { Metadata = new ObjectMeta { Labels = labels }, Spec = PodOf(workflow, status, start) },
            },
        };
    }

    private static Dictionary<string, string> LabelsOf(Workflow workflow, long run, AttemptStart start) => new(StringComparer.Ordinal)
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

    private static PodSpec PodOf(Workflow workflow, WorkflowStatus status, AttemptStart start)
    {
        ContainerStep step = start.Step.Container!;
        RunScope scope = new(status);
        return new PodSpec
        {
            RestartPolicy = "Never",
            TerminationGracePeriodSeconds = 30,
            DnsPolicy = "ClusterFirst",
            SchedulerName = "default-scheduler",
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            SecurityContext = new PodSecurityContext
            {
                RunAsNonRoot = true,
                RunAsUser = UnprivilegedId,
                RunAsGroup = UnprivilegedId,
                FsGroup = UnprivilegedId,
                SeccompProfile = new SeccompProfile { Type = "RuntimeDefault" },
            },
            Containers =
            [
                new Container
                {
                    Name = PodReader.MainContainer,
                    Image = step.Image,
                    ImagePullPolicy = ImagePullPolicy.Of(step.Image),
                    Command = Render(step.Command, scope),
                    Args = Render(step.Args, scope),
                    WorkingDir = step.WorkingDir,
                    Env = [.. StepEnvironment.Of(workflow, status, start), .. (step.Env ?? []).Select(variable => new EnvVar { Name = variable.Name, Value = TemplateText.Parse(variable.Value ?? "").Render(scope) })],
                    Resources = new ResourceRequirements { Limits = step.Resources?.Limits, Requests = step.Resources?.Requests },
                    SecurityContext = new SecurityContext { AllowPrivilegeEscalation = false, Capabilities = new Capabilities { Drop = ["ALL"] } },
                    TerminationMessagePath = "/dev/termination-log",
                    TerminationMessagePolicy = "File",
                },
            ],
        };
    }

    private static List<string>? Render(IReadOnlyList<string>? texts, IValueScope scope) => texts is null ? null : [.. texts.Select(text => TemplateText.Parse(text).Render(scope))];
}
