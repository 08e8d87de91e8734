using AgentOperator.Api;
using AgentOperator.Cli.Linting.Schemas;
using AgentOperator.Cli.Linting.Sources;

namespace AgentOperator.Cli.Linting;

/// <summary>What the API server and the operator would say to one object, without either.</summary>
internal sealed class ObjectLint
{
    private readonly KindSchemas _schemas = new();

    /// <summary>True for an object of a kind of ours.</summary>
    public static bool IsOurs(SourceNode root) => root.TextOf("apiVersion")?.Split('/') is [ApiGroup.Name, _];

    public IEnumerable<SchemaProblem> Problems(SourceNode root)
    {
        string kind = root.TextOf("kind") ?? "";
        string version = root.TextOf("apiVersion")!.Split('/')[1];
        if (version != ApiGroup.Version)
        {
            return [new SchemaProblem(SourcePath.Find(root, "apiVersion"), "apiVersion", "UnknownVersion", $"{ApiGroup.Name} has no version {version}: write {ApiGroup.Name}/{ApiGroup.Version}")];
        }

        if (_schemas.Find(kind, version) is not { } schema)
        {
            return [new SchemaProblem(SourcePath.Find(root, "kind"), "kind", "UnknownKind", $"{ApiGroup.Name} has no kind {(kind.Length == 0 ? "without a name" : kind)}: there are {string.Join(", ", KindSchemas.Plurals.Order(StringComparer.Ordinal))}")];
        }

        SchemaProblem[] problems = [.. MetadataCheck.Problems(root), .. SchemaCheck.Problems(root, schema)];
        return problems.Length > 0 ? problems : SemanticCheck.Problems(root, kind);
    }
}
