using AgentOperator.Api.Approvals;
using AgentOperator.Kube.Models;

namespace AgentOperator.Approvals.Floors;

/// <summary>What a cluster asks of gates in some namespaces, whatever their authors write.</summary>
internal sealed record ApprovalFloor
{
    /// <summary>Says where a demand comes from.</summary>
    public required string Name { get; init; }

    /// <summary>Labels of the namespaces that it holds in; all if absent.</summary>
    public LabelSelector? NamespaceSelector { get; init; }

    /// <summary>Kinds that it holds for; all if absent.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>People who must approve; 1 if absent.</summary>
    public int? Quorum { get; init; }

    /// <summary>They are members of one of these; of any group if absent.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>False: nobody approves what he changed himself.</summary>
    public bool? AllowSelf { get; init; }

    /// <summary>Steps that need a gate before them.</summary>
    public FloorScope? GateBefore { get; init; }

    public GateFloor ToGate() => new() { Name = Name, Quorum = Quorum ?? 1, Groups = Groups };
}
