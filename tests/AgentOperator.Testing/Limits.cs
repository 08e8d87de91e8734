namespace AgentOperator.Testing;

/// <summary>When a test that should have ended counts as hung. Nothing is ever timed by these.</summary>
public static class Limits
{
    /// <summary>For <c>[Fact(Timeout = ...)]</c>.</summary>
    public const int Hang = 300_000;

    /// <summary>For what other processes bring about: a machine that has much else to do must not fail a test.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>For much that they bring about.</summary>
    public static readonly TimeSpan LongPatience = TimeSpan.FromMinutes(20);
}
