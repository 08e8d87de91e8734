using System.Text.RegularExpressions;

namespace AgentOperator.Manifests.Schemas;

/// <summary>Paths such as <c>.status.phase</c> and <c>.status.conditions[?(@.type=="Ready")].status</c>.</summary>
internal static class SchemaPath
{
    private static readonly Regex Form = new(@"^(\.[A-Za-z_][A-Za-z0-9_]*(\[[^\]]*\])?)+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static readonly Regex Segment = new(@"\.(?<name>[A-Za-z_][A-Za-z0-9_]*)(?<items>\[[^\]]*\])?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static readonly SchemaNode Anything = new() { PreserveUnknownFields = true };

    /// <summary>The node that a path leads to; null when there is none.</summary>
    public static SchemaNode? Find(SchemaNode root, string path)
    {
        if (!Form.IsMatch(path))
        {
            return null;
        }

        SchemaNode? node = root;
        foreach (Match segment in Segment.Matches(path))
        {
            if (node is null or { PreserveUnknownFields: true } || path.StartsWith(".metadata.", StringComparison.Ordinal))
            {
                return node is null ? null : Anything;
            }

            string name = segment.Groups["name"].Value;
            node = node.Properties.FirstOrDefault(property => property.Name == name)?.Schema;
            node = segment.Groups["items"].Success ? node?.Items : node;
        }

        return node;
    }
}
