namespace AgentOperator.Api.Agents;

/// <summary>What happens to text that gives orders to the model.</summary>
public static class InjectionActions
{
    public const string Off = "Off";

    /// <summary>The answer says humanReviewRequired.</summary>
    public const string Flag = "Flag";

    /// <summary>The call is refused.</summary>
    public const string Block = "Block";
}
