namespace AgentOperator.Api.Approvals;

/// <summary>Names in the list of authors that are no user's.</summary>
public static class AuthorNames
{
    /// <summary>Somebody before the policy that collects authors was there.</summary>
    public const string Unknown = "?";
}
