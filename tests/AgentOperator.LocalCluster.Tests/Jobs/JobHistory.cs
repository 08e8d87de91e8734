using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Jobs;

namespace AgentOperator.Local.Tests.Jobs;

/// <summary>A Job in memory: carries decisions out as the API server and the node would.</summary>
internal sealed class JobHistory(JobSpec spec)
{
    private readonly List<Pod> _gone = [];
    private int _number;

    public DateTimeOffset Now { get; set; } = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public JobSpec Spec { get; set; } = spec;

    public JobStatus? Status { get; set; }

    public List<Pod> Pods { get; } = [];

    public JobLedger Ledger { get; private set; } = JobLedger.Empty;

    public JobDecision Last { get; private set; } = null!;

    public IEnumerable<string> Conditions => Status?.Conditions?.Where(static condition => condition.Status == "True").Select(static condition => condition.Type) ?? [];

    /// <summary>Indexes of the pods that run.</summary>
    public IEnumerable<int> Running => Pods.Where(static pod => pod.IsActive()).Select(static pod => pod.Index()!.Value).Order();

    public static JobSpec Simple(int? backoffLimit = 0) => new()
    {
        BackoffLimit = backoffLimit,
        Template = new PodTemplateSpec { Spec = new PodSpec { RestartPolicy = "Never", Containers = [new Container { Name = "main", Image = "image" }] } },
    };

    /// <summary>Decides, and carries it out; deleted pods that run stay as terminating.</summary>
    public JobDecision Step()
    {
        Job job = new() { Metadata = new ObjectMeta { Name = "job", Namespace = "ns", Uid = "job-uid" }, Spec = Spec, Status = Status };
        Last = JobDecider.Decide(new JobObservation(job, Pods, _gone, Ledger, Now));
        Ledger = Last.Ledger;
        Status = Last.Status;
        for (int i = 0; i < Last.Create; i++)
        {
            string name = $"pod-{++_number}";
            Pods.Add(new Pod
            {
                Metadata = new ObjectMeta
                {
                    Name = name,
                    Namespace = "ns",
                    Uid = name,
                    CreationTimestamp = new Time(Now),
                    Annotations = Last.Indexes is { } indexes ? new Dictionary<string, string> { [JobLabels.CompletionIndex] = $"{indexes[i]}" } : null,
                },
                Spec = Spec.Template.Spec,
                Status = new PodStatus { Phase = PodPhase.Pending },
            });
        }

        foreach (Pod pod in Last.Delete)
        {
            Replace(pod, pod with { Metadata = pod.Metadata with { DeletionTimestamp = new Time(Now) } });
        }

        return Last;
    }

    public void Finish(int pod, int exitCode, params PodCondition[] conditions)
    {
        Pod old = Pods.Single(candidate => candidate.Metadata.Name == $"pod-{pod}");
        Replace(old, old with
        {
            Status = new PodStatus
            {
                Phase = exitCode == 0 ? PodPhase.Succeeded : PodPhase.Failed,
                Conditions = conditions,
                ContainerStatuses =
                [
                    new ContainerStatus
                    {
                        Name = "main",
                        State = new ContainerState { Terminated = new ContainerStateTerminated { ExitCode = exitCode, FinishedAt = new Time(Now) } },
                    },
                ],
            },
        });
    }

    /// <summary>The pod disappears as it was last seen.</summary>
    public void Remove(int pod)
    {
        Pod old = Pods.Single(candidate => candidate.Metadata.Name == $"pod-{pod}");
        Pods.Remove(old);
        _gone.Add(old);
    }

    private void Replace(Pod old, Pod pod) => Pods[Pods.IndexOf(old)] = pod;
}
