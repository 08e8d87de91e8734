using AgentOperator.Api.Schema;

namespace AgentOperator.Api.PromptTemplates;

/// <summary>One message of a prompt.</summary>
public sealed record PromptMessage
{
    /// <summary>Who speaks.</summary>
    [OneOf(PromptRoles.System, PromptRoles.User, PromptRoles.Assistant)]
    public required string Role { get; init; }

    /// <summary>The text; <c>{{name}}</c> stands for a variable: strings as they are, everything else as JSON. <c>{{{{</c> is two braces.</summary>
    [Bounds(1, 65536)]
    public required string Content { get; init; }
}
