using System.Text.Json;
using System.Xml.Linq;

namespace AgentOperator.Manifests.Documentation;

/// <summary>XML documentation as the plain text that <c>kubectl explain</c> shows.</summary>
internal static class DocText
{
    public static string Plain(XElement element) =>
        string.Join(' ', Raw(element).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Raw(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => code.Value,
        XElement { Name.LocalName: "see" or "seealso" } see => Reference(see),
        XElement { Name.LocalName: "paramref" or "typeparamref" } reference => (string?)reference.Attribute("name") ?? "",
        XElement { Name.LocalName: "para" } para => $" {Children(para)} ",
        XElement other => Children(other),
        _ => "",
    };

    private static string Children(XElement element) => string.Concat(element.Nodes().Select(Raw));

    private static string Reference(XElement see)
    {
        if (see.Value.Length > 0)
        {
            return see.Value;
        }

        string? id = (string?)see.Attribute("cref");
        if (id is null)
        {
            return (string?)see.Attribute("langword") ?? (string?)see.Attribute("href") ?? "";
        }

        string path = id.Split('(')[0];
        string name = path[(path.LastIndexOfAny(['.', ':']) + 1)..];
        // A reader of the schema knows properties by their JSON names.
        return id.StartsWith("P:", StringComparison.Ordinal) ? JsonNamingPolicy.CamelCase.ConvertName(name) : name;
    }
}
