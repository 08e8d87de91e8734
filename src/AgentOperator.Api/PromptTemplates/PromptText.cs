using AgentOperator.Api.Schema;

namespace AgentOperator.Api.PromptTemplates;

/// <summary>The text of a prompt.</summary>
[CelRule("self.messages.filter(m, m.role == 'system').size() <= 1", "a prompt has at most one system message: join them", FieldPath = ".messages")]
public sealed record PromptText
{
    /// <summary>Messages in order.</summary>
    [AtomicList]
    [Bounds(1, 50)]
    public required IReadOnlyList<PromptMessage> Messages { get; init; }
}
