namespace AgentOperator.Workflows.Holding;

/// <summary>Tells in which namespaces no run may start.</summary>
internal interface IHolds
{
    ValueTask<bool> IsHeldAsync(string ns, CancellationToken cancellation);
}
