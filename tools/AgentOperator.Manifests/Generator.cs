using System.Reflection;
using AgentOperator.Manifests.Access;
using AgentOperator.Manifests.Admission;
using AgentOperator.Manifests.ArgoCd;
using AgentOperator.Manifests.Crds;
using AgentOperator.Manifests.Editors;
using AgentOperator.Manifests.Files;
using AgentOperator.Manifests.Kinds;
using AgentOperator.Manifests.Reference;
using AgentOperator.Manifests.Rules;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests;

/// <summary>From the kinds and the operator to all generated files.</summary>
internal static class Generator
{
    /// <exception cref="RefusedException">A record or a declaration breaks a rule.</exception>
    public static IReadOnlyList<GeneratedSet> Generate(Assembly api, Assembly theOperator)
    {
        IReadOnlyList<Kind> kinds = KindFinder.In(api);
        if (DistinctKindsRule.Check(kinds) is { Count: > 0 } faults)
        {
            throw new RefusedException(faults);
        }

        KindSchema[] schemas = [.. kinds.Select(KindSchema.Read)];
        return
        [
            Kustomization.With(new("config/crd", "*.yaml", [.. schemas.Select(CrdFile.Write)])),
            Kustomization.With(new("config/rbac", "*.yaml",
            [
                .. OperatorRole.Write(AccessReader.Read(theOperator.GetTypes())),
                .. UserRoles.Of([.. kinds.Select(kind => kind.Resource)]),
            ])),
            Kustomization.With(new("config/admission", "*.yaml", [.. ApprovalsPolicy.Write(), .. OperatorOnlyPolicy.Write()])),
            Kustomization.With(new("config/authors", "*.yaml", AuthorsPolicy.Write())),
            new("config/argocd", "*", HealthScripts.Write([.. kinds.Select(kind => kind.Resource)])),
            new("config/schema", "*.json",
            [
                .. schemas.Select(schema => new GeneratedFile($"{schema.Kind.Resource.Kind.ToLowerInvariant()}.json", JsonText.Write(EditorSchema.Write(schema)))),
            ]),
            new("docs", "api.md", [new GeneratedFile("api.md", ApiReference.Write(schemas))]),
        ];
    }
}
