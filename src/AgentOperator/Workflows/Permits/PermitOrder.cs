namespace AgentOperator.Workflows.Permits;

/// <summary>The higher priority first, then who has waited longer.</summary>
internal sealed class PermitOrder : IComparer<PermitWaiter>
{
    public static readonly PermitOrder Instance = new();

    public int Compare(PermitWaiter? x, PermitWaiter? y) => x!.Priority != y!.Priority ? y.Priority.CompareTo(x.Priority) : x.Ticket.CompareTo(y.Ticket);
}
