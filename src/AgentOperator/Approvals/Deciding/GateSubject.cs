using AgentOperator.Api.Approvals;

namespace AgentOperator.Approvals.Deciding;

/// <summary>What is decided on at a gate: no two gates that were ever open are equal in it.</summary>
internal sealed record GateSubject
{
    public required string Kind { get; init; }

    public required string Namespace { get; init; }

    public required string Name { get; init; }

    /// <summary>Of the object: another one under its name is another one.</summary>
    public required string Uid { get; init; }

    public required long Run { get; init; }

    /// <summary>Name of the gate.</summary>
    public required string Gate { get; init; }

    /// <summary>How often a loop has come to it, from 1.</summary>
    public required int Visit { get; init; }

    /// <summary>What holds at the gate.</summary>
    public required GatePolicy Policy { get; init; }

    /// <summary>Digest of the run's spec.</summary>
    public required string SpecDigest { get; init; }

    /// <summary>What approvers are shown, with values in the place of <c>{{ }}</c>.</summary>
    public string? Message { get; init; }

    /// <summary>Digests of the results of the steps before the gate, by step.</summary>
    public IReadOnlyDictionary<string, string> Results { get; init; } = new Dictionary<string, string>();

    /// <summary>Digests of what is released behind the gate, by name.</summary>
    public IReadOnlyDictionary<string, string> Artifacts { get; init; } = new Dictionary<string, string>();
}
