namespace AgentOperator.Manifests.Files;

/// <summary>Makes a folder a kustomization base. The name has no extension, so that <c>kubectl apply -f</c> of the folder leaves the file out.</summary>
internal static class Kustomization
{
    private const string FileName = "Kustomization";

    public static GeneratedSet With(GeneratedSet set) => set with { Files = [.. set.Files, new GeneratedFile(FileName, Text(set))] };

    private static string Text(GeneratedSet set) =>
        "# Written by tools/AgentOperator.Manifests.\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n"
        + string.Concat(set.Files.Select(static file => file.Name).Order(StringComparer.Ordinal).Select(static name => $"- {name}\n"));
}
