using System.Reflection;
using System.Text.Json.Nodes;
using AgentOperator.Manifests.Crds;
using AgentOperator.Manifests.Documentation;
using AgentOperator.Manifests.Files;
using AgentOperator.Manifests.Kinds;
using AgentOperator.Manifests.Rules;
using AgentOperator.Manifests.Schemas;
using AgentOperator.Manifests.Yaml;

namespace AgentOperator.Manifests;

/// <summary>From the kinds of an assembly to the text of their CRDs.</summary>
internal static class CrdGenerator
{
    private const string Header =
        "# Written by tools/AgentOperator.Manifests from the records of AgentOperator.Api: change those.\n"
        + "# Install with: kubectl apply --server-side -f config/crd\n";

    /// <exception cref="RefusedException">A record breaks a rule.</exception>
    public static IReadOnlyList<GeneratedFile> Generate(Assembly assembly) =>
        [.. KindFinder.In(assembly).Select(kind => new GeneratedFile($"{kind.Resource.Plural}.yaml", Text(kind)))];

    /// <exception cref="RefusedException">A record breaks a rule.</exception>
    public static JsonObject Crd(Kind kind)
    {
        var docs = new DocComments();
        SchemaNode schema = new SchemaReader(kind.Contract.Options, docs).Read(kind);
        List<string> faults = [.. SchemaRules.Check(kind.Resource.Kind, schema)];
        return faults.Count == 0 ? CrdWriter.Write(kind, schema) : throw new RefusedException(faults);
    }

    private static string Text(Kind kind)
    {
        string text = Header + YamlWriter.Write(Crd(kind));
        return SizeRule.Check(kind.Resource.QualifiedName, text) is { } fault ? throw new RefusedException([fault]) : text;
    }
}
