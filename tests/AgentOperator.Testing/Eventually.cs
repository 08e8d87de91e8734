namespace AgentOperator.Testing;

/// <summary>Waits for a state that another task brings about and that nothing announces.</summary>
public static class Eventually
{
    /// <summary>Completes once the condition holds; a condition that never holds ends with the token.</summary>
    public static async Task HoldsAsync(Func<bool> condition, CancellationToken cancellation)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellation).ConfigureAwait(false);
        }
    }
}
