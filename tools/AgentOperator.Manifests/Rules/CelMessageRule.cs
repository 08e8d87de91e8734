using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>A CEL rule has a message of one line; the API server refuses line breaks.</summary>
internal sealed class CelMessageRule : ISchemaRule
{
    public IEnumerable<string> Check(SchemaNode node) =>
        node.Validations.Where(rule => string.IsNullOrWhiteSpace(rule.Message) || rule.Message.AsSpan().ContainsAny('\n', '\r'))
            .Select(rule => $"CEL rule \"{rule.Rule}\" needs a message of one line");
}
