using System.Text.RegularExpressions;
using AgentOperator.Cli.Linting.Schemas;
using AgentOperator.Cli.Linting.Sources;

namespace AgentOperator.Cli.Linting;

/// <summary>Metadata, which the API server checks by rules of its own.</summary>
internal static partial class MetadataCheck
{
    private const int MaxName = 253;

    private static readonly string[] Fields =
    [
        "name", "generateName", "namespace", "labels", "annotations", "finalizers", "ownerReferences", "uid", "resourceVersion", "generation",
        "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields", "selfLink",
    ];

    public static IEnumerable<SchemaProblem> Problems(SourceNode root)
    {
        if (root["metadata"] is not { Kind: SourceKind.Object } metadata)
        {
            yield return new SchemaProblem(root.At, "metadata", "Required", "metadata.name is required: add it");
            yield break;
        }

        foreach (SourceMember member in metadata.Members.Where(static member => !Fields.Contains(member.Name)))
        {
            string near = Nearest.To(member.Name, Fields) is { } meant ? $"; did you mean {meant}?" : "";
            yield return new SchemaProblem(member.At, $"metadata.{member.Name}", "UnknownField", $"unknown field \"metadata.{member.Name}\"{near}");
        }

        if (metadata["name"] is { } name)
        {
            if (name.Kind != SourceKind.String || name.Text.Length > MaxName || !DnsSubdomain().IsMatch(name.Text))
            {
                yield return new SchemaProblem(name.At, "metadata.name", "InvalidName", "metadata.name must be lower-case letters, digits, hyphens and dots, with a letter or digit at both ends, in quotes if it is a number");
            }
        }
        else if (metadata["generateName"] is null)
        {
            yield return new SchemaProblem(metadata.At, "metadata.name", "Required", "metadata.name is required: add it");
        }

        foreach (string map in (string[])["labels", "annotations"])
        {
            foreach (SourceMember member in metadata[map]?.Members.Where(static member => member.Value.Kind != SourceKind.String) ?? [])
            {
                yield return new SchemaProblem(member.Value.At, $"metadata.{map}", "WrongType", $"metadata.{map}.{member.Name} must be a text: put it in quotes");
            }
        }
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DnsSubdomain();
}
