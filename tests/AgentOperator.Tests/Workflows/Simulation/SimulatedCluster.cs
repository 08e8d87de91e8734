using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Workflows.Simulation;

/// <summary>What an API server, a Job controller and a node would hold for one Workflow: enough to let the decider live through crashes and stale reads.</summary>
internal sealed class SimulatedCluster
{
    private readonly List<(Workflow Workflow, Dictionary<string, AttemptObservation> Jobs)> _past = [];

    public SimulatedCluster(Workflow workflow)
    {
        Workflow = workflow;
        Remember();
    }

    public Workflow Workflow { get; private set; }

    public Dictionary<string, AttemptObservation> Jobs { get; } = new(StringComparer.Ordinal);

    /// <summary>Every Job ever created, in order.</summary>
    public List<(AttemptStart Start, WorkflowStatus At)> Created { get; } = [];

    /// <summary>Status writes that changed something.</summary>
    public int Writes { get; private set; }

    /// <summary>What a cache shows that is some steps behind.</summary>
    public (Workflow Workflow, Dictionary<string, AttemptObservation> Jobs) View(int behind) => _past[Math.Max(0, _past.Count - 1 - behind)];

    /// <summary>A status apply with the resource version it was decided from; false is 409.</summary>
    public bool TryWrite(Workflow decidedFrom, WorkflowStatus status)
    {
        if (decidedFrom.Metadata.ResourceVersion != Workflow.Metadata.ResourceVersion)
        {
            return false;
        }

        long version = long.Parse(Workflow.Metadata.ResourceVersion!, System.Globalization.CultureInfo.InvariantCulture) + 1;
        Workflow = Workflow with { Status = status, Metadata = Workflow.Metadata with { ResourceVersion = version.ToString(System.Globalization.CultureInfo.InvariantCulture) } };
        Writes++;
        Remember();
        return true;
    }

    /// <summary>A create; the second of one name is AlreadyExists and thus adopted.</summary>
    public void Create(AttemptStart start)
    {
        if (!Jobs.ContainsKey(start.Job))
        {
            Created.Add((start, Workflow.Status!));
            Jobs.Add(start.Job, new AttemptObservation { State = AttemptState.Active, JobUid = start.Job });
            Remember();
        }
    }

    /// <summary>The Job comes to its end.</summary>
    public void End(string job, AttemptObservation end)
    {
        Jobs[job] = end with { JobUid = job };
        Remember();
    }

    public void Delete(string job)
    {
        Jobs.Remove(job);
        Remember();
    }

    /// <summary>The spec changes, as by an apply.</summary>
    public void Change(WorkflowSpec spec)
    {
        long version = long.Parse(Workflow.Metadata.ResourceVersion!, System.Globalization.CultureInfo.InvariantCulture) + 1;
        Workflow = Workflow with
        {
            Spec = spec,
            Metadata = Workflow.Metadata with { Generation = Workflow.Metadata.Generation + 1, ResourceVersion = version.ToString(System.Globalization.CultureInfo.InvariantCulture) },
        };
        Remember();
    }

    private void Remember() => _past.Add((Workflow, new Dictionary<string, AttemptObservation>(Jobs, StringComparer.Ordinal)));
}
