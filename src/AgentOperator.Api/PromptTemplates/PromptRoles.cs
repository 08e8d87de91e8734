namespace AgentOperator.Api.PromptTemplates;

/// <summary>Who speaks in a prompt.</summary>
public static class PromptRoles
{
    public const string System = "system";
    public const string User = "user";
    public const string Assistant = "assistant";
}
