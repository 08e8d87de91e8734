using System.Text.Json.Nodes;
using AgentOperator.Manifests.Files;
using AgentOperator.Manifests.Rules;
using AgentOperator.Manifests.Schemas;
using AgentOperator.Manifests.Yaml;

namespace AgentOperator.Manifests.Crds;

/// <summary>A kind as the file of its CRD.</summary>
internal static class CrdFile
{
    private const string Header =
        "# Written by tools/AgentOperator.Manifests from the records of AgentOperator.Api: change those.\n"
        + "# Install with: kubectl apply --server-side -f config/crd\n";

    /// <exception cref="RefusedException">The definition would be too large.</exception>
    public static GeneratedFile Write(KindSchema schema)
    {
        JsonObject definition = CrdWriter.Write(schema);
        return SizeRule.Check(schema.Kind.Resource.QualifiedName, definition.ToJsonString()) is { } fault
            ? throw new RefusedException([fault])
            : new GeneratedFile($"{schema.Kind.Resource.Plural}.yaml", Header + YamlWriter.Write(definition));
    }
}
