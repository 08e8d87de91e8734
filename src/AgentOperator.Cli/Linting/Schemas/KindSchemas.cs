using System.Reflection;
using AgentOperator.Cli.Linting.Sources;

namespace AgentOperator.Cli.Linting.Schemas;

/// <summary>The schemas of our kinds: the files of config/crd, which this program carries, each read when it is first asked for.</summary>
internal sealed class KindSchemas
{
    private const string Prefix = "crd/";
    private const string Suffix = ".yaml";

    private static readonly Assembly Here = typeof(KindSchemas).Assembly;

    private readonly Dictionary<string, StructuralSchema?> _known = new(StringComparer.Ordinal);

    /// <summary>Plurals of the kinds.</summary>
    public static IEnumerable<string> Plurals => Here.GetManifestResourceNames().Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(static name => name[Prefix.Length..^Suffix.Length]);

    /// <summary>The schema of a kind in a version; null when there is none.</summary>
    public StructuralSchema? Find(string kind, string version)
    {
        string key = $"{kind}/{version}";
        if (!_known.TryGetValue(key, out StructuralSchema? schema))
        {
            _known[key] = schema = Read(kind, version);
        }

        return schema;
    }

    private static StructuralSchema? Read(string kind, string version)
    {
        using Stream? file = Here.GetManifestResourceStream($"{Prefix}{kind.ToLowerInvariant()}s{Suffix}");
        if (file is null)
        {
            return null;
        }

        using StreamReader reader = new(file);
        SourceNode? spec = SourceReader.Read(reader)[0]["spec"];
        return spec?["names"]?.TextOf("kind") == kind
            && spec["versions"]?.Items.FirstOrDefault(served => served.TextOf("name") == version)?["schema"]?["openAPIV3Schema"] is { } schema
            ? new StructuralSchema(schema)
            : null;
    }
}
