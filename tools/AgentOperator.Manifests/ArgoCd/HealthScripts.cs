using System.Text;
using AgentOperator.Api.Approvals;
using AgentOperator.Kube.Models;
using AgentOperator.Manifests.Files;

namespace AgentOperator.Manifests.ArgoCd;

/// <summary>What Argo CD says of the kinds: a script each, and a patch of its ConfigMap with all of them. Argo CD gives scripts neither <c>string</c> nor <c>math</c>.</summary>
internal static class HealthScripts
{
    private const string Header = "-- Written by tools/AgentOperator.Manifests: change tools/AgentOperator.Manifests/ArgoCd.\n";
    private const string PatchHeader = """
        # Written by tools/AgentOperator.Manifests: change tools/AgentOperator.Manifests/ArgoCd.
        # kubectl patch configmap argocd-cm -n argocd --patch-file config/argocd/argocd-cm.yaml

        """;

    public static IReadOnlyList<GeneratedFile> Write(IReadOnlyList<ResourceDefinition> kinds)
    {
        (ResourceDefinition Kind, string Script)[] scripts = [.. kinds.Select(static kind => (kind, Header + Read(kind.Kind == Approval.Resource.Kind ? "decision.lua" : "conditions.lua")))];
        return [.. scripts.Select(static script => new GeneratedFile($"{script.Kind.Kind.ToLowerInvariant()}.lua", script.Script)), new GeneratedFile("argocd-cm.yaml", Patch(scripts))];
    }

    private static string Patch(IEnumerable<(ResourceDefinition Kind, string Script)> scripts)
    {
        StringBuilder text = new(PatchHeader);
        text.Append("data:\n");
        foreach ((ResourceDefinition kind, string script) in scripts)
        {
            text.Append("  resource.customizations.health.").Append(kind.Group).Append('_').Append(kind.Kind).Append(": |\n");
            foreach (string line in script.TrimEnd('\n').Split('\n'))
            {
                text.Append(line.Length == 0 ? "" : "    ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Read(string name)
    {
        using Stream stream = typeof(HealthScripts).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
