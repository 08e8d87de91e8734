using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Reference;

/// <summary>A type in words, with a link where it is described.</summary>
internal static class TypeName
{
    public static string Of(SchemaNode node) => node switch
    {
        { PreserveUnknownFields: true } => node.Type == "object" ? "any JSON object" : "any JSON",
        { Items: { } items } => $"list of {Of(items)}",
        { AdditionalProperties: { } values } => $"map to {Of(values)}",
        { Name: { } name, Properties.Count: > 0 } => $"[{name}](#{name.ToLowerInvariant()})",
        { Name: { } name, Type: not "object" } => $"[{name}](#formats)",
        _ => node.Type!,
    };
}
