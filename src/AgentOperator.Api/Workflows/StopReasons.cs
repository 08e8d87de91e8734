namespace AgentOperator.Api.Workflows;

/// <summary>The values of <see cref="RunStop.Reason"/>.</summary>
public static class StopReasons
{
    public const string Cancelled = "Cancelled";
    public const string Replaced = "Replaced";
    public const string DeadlineExceeded = "DeadlineExceeded";
    public const string Deleted = "Deleted";
}
