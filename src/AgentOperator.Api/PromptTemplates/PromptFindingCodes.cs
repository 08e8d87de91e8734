namespace AgentOperator.Api.PromptTemplates;

/// <summary>What the lint of a prompt finds.</summary>
public static class PromptFindingCodes
{
    public const string Error = "Error";
    public const string Warning = "Warning";

    /// <summary>A <c>{{</c> that cannot be read.</summary>
    public const string BadTemplate = "BadTemplate";
    public const string UnknownVariable = "UnknownVariable";
    public const string UnusedInput = "UnusedInput";
    public const string InvalidSchema = "InvalidSchema";
    public const string InvalidExample = "InvalidExample";

    /// <summary>More tokens, by estimate, than fit into the model.</summary>
    public const string TooManyTokens = "TooManyTokens";

    /// <summary>More bytes than a revision can hold.</summary>
    public const string TooLarge = "TooLarge";
}
