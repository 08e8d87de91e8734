using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>Who may decide at a gate, by the names that the API server knows them by.</summary>
[CelRule(
    "(has(self.users) && size(self.users) > 0) || (has(self.groups) && size(self.groups) > 0) || (has(self.serviceAccounts) && size(self.serviceAccounts) > 0)",
    "a gate needs somebody who may decide: name users, groups or serviceAccounts")]
public sealed record Approvers
{
    /// <summary>User names.</summary>
    [AtomicList]
    [Bounds(0, 50)]
    [ItemBounds(1, 253)]
    public IReadOnlyList<string>? Users { get; init; }

    /// <summary>Groups. Service accounts are in groups too and yet are not let in by them.</summary>
    [AtomicList]
    [Bounds(0, 50)]
    [ItemBounds(1, 253)]
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Service accounts, <c>system:serviceaccount:NAMESPACE:NAME</c>: programs that may decide.</summary>
    [AtomicList]
    [Bounds(0, 20)]
    [ItemBounds(1, 253)]
    public IReadOnlyList<string>? ServiceAccounts { get; init; }
}
