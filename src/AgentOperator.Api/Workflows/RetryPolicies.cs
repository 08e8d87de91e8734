namespace AgentOperator.Api.Workflows;

/// <summary>The values of <see cref="RetryPolicy.Policy"/>.</summary>
public static class RetryPolicies
{
    public const string OnFailure = "OnFailure";
    public const string OnError = "OnError";
    public const string Always = "Always";
}
