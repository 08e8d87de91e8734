using AgentOperator.Api.PromptTemplates;

namespace AgentOperator.Api.Runtime;

/// <summary>The prompt as the runtime gets it: a revision's content, or an agent's systemPrompt as one system message without variables.</summary>
public sealed record RuntimePrompt
{
    /// <summary>Name of the PromptTemplate; absent for a systemPrompt.</summary>
    public string? Name { get; init; }

    /// <summary>Number of the revision.</summary>
    public long? Revision { get; init; }

    /// <summary>Digest of the revision.</summary>
    public string? Digest { get; init; }

    public required PromptContent Content { get; init; }

    /// <summary>True: the text is taken as it is, braces included.</summary>
    public bool IsLiteral { get; init; }
}
