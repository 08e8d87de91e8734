namespace AgentOperator.Testing;

/// <summary>When a test that should have ended counts as hung. Nothing is ever timed by these.</summary>
public static class Limits
{
    /// <summary>For <c>[Fact(Timeout = ...)]</c>.</summary>
    public const int Hang = 60_000;
}
