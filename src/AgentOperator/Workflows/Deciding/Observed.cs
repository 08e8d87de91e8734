using System.Text.Json;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Locking;
using AgentOperator.Workflows.Memos;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Permits;
using AgentOperator.Workflows.Targets;

namespace AgentOperator.Workflows.Deciding;

/// <summary>All that a decision is made from beside the object and the time.</summary>
internal sealed record Observed
{
    /// <summary>What is seen of the attempts, by name of their Jobs or Workflows.</summary>
    public IReadOnlyDictionary<string, AttemptObservation> Attempts { get; init; } = new Dictionary<string, AttemptObservation>();

    /// <summary>True while no run may start in the namespace.</summary>
    public bool IsHeld { get; init; }

    /// <summary>True while the namespace goes: nothing can be created there any more.</summary>
    public bool IsNamespaceTerminating { get; init; }

    /// <summary>Agents, prompts and Workflows of the namespace.</summary>
    public ISurroundings Surroundings { get; init; } = NoSurroundings.Instance;

    /// <summary>Locks as they are held.</summary>
    public ILocks Locks { get; init; } = NoLocks.Instance;

    /// <summary>Room for attempts beyond this workflow's own limit.</summary>
    public IPermits Permits { get; init; } = NoPermits.Instance;

    /// <summary>Decisions of people, and what they must be measured by.</summary>
    public GateObservation Gates { get; init; } = new();

    /// <summary>Earlier successes that may stand for steps.</summary>
    public IMemos Memos { get; init; } = NoMemos.Instance;

    /// <summary>Values of outputs that are kept outside of status, by their sha256.</summary>
    public IReadOnlyDictionary<string, JsonElement> Loaded { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Those of them that are gone, by their sha256.</summary>
    public IReadOnlySet<string> Lost { get; init; } = new HashSet<string>();

    /// <summary>What items of steps left behind, by the name of their results.</summary>
    public IReadOnlyDictionary<string, ItemEvidence> Items { get; init; } = new Dictionary<string, ItemEvidence>();
}
