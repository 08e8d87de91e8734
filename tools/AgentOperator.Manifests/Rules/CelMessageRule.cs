using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>A CEL rule has a message of one line, which the API server takes up to 2048 characters of.</summary>
internal sealed class CelMessageRule : ISchemaRule
{
    private const int MaxLength = 2048;

    public IEnumerable<string> Check(SchemaNode node) =>
        node.Validations.Where(rule => string.IsNullOrWhiteSpace(rule.Message) || rule.Message.Length > MaxLength || rule.Message.AsSpan().ContainsAny('\n', '\r'))
            .Select(rule => $"CEL rule \"{rule.Rule}\" needs a message of one line, of at most {MaxLength} characters");
}
