using System.Text.Json.Nodes;
using AgentOperator.Api.Approvals;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube.Models;
using AgentOperator.Manifests.Files;

namespace AgentOperator.Manifests.Access;

/// <summary>What users may do with the kinds: who has the cluster's view, edit or admin has the same for these, and yet decides nothing: that is the approver's role. Status is written by the operator alone.</summary>
internal static class UserRoles
{
    private const string Header = "# Written by tools/AgentOperator.Manifests from the records of AgentOperator.Api: change those.\n";

    private static readonly string[] Read = [Verbs.Get, Verbs.List, Verbs.Watch];

    private static readonly string[] Write = [Verbs.Create, Verbs.Delete, "deletecollection", Verbs.Get, Verbs.List, Verbs.Patch, Verbs.Update, Verbs.Watch];

    /// <summary>A decision is made and then stays: nobody changes or deletes one.</summary>
    private static readonly string[] Decide = [Verbs.Create, Verbs.Get, Verbs.List, Verbs.Watch];

    public static IReadOnlyList<GeneratedFile> Of(IReadOnlyList<ResourceDefinition> kinds) =>
    [
        Approver(kinds),
        Role("view", Read, kinds, "view"),
        Role("edit", Write, kinds, "edit", "admin"),
        Role("admin", Write, kinds, "admin"),
    ];

    /// <summary>For those who decide at gates and do nothing else: bind it where they may.</summary>
    private static GeneratedFile Approver(IReadOnlyList<ResourceDefinition> kinds) => RbacObject.File("user-role-approver.yaml", Header, RbacObject.WithRules(
        RbacObject.Create(RbacObject.ApiVersion, "ClusterRole", $"{RbacNames.Operator}-approver"),
        kinds.Select(static kind => new AccessRule(kind.Group, kind.Plural, IsApproval(kind) ? Decide : Read))));

    private static bool IsApproval(ResourceDefinition kind) => kind == Approval.Resource;

    private static GeneratedFile Role(string name, IReadOnlyList<string> verbs, IReadOnlyList<ResourceDefinition> kinds, params string[] partOf)
    {
        JsonObject role = RbacObject.WithRules(
            RbacObject.Create(RbacObject.ApiVersion, "ClusterRole", $"{RbacNames.Operator}-{name}"),
            kinds.Select(kind => new AccessRule(kind.Group, kind.Plural, IsApproval(kind) ? Read : verbs)));
        foreach (string whole in partOf)
        {
            role["metadata"]!["labels"]![$"{RbacObject.Group}/aggregate-to-{whole}"] = "true";
        }

        return RbacObject.File($"user-role-{name}.yaml", Header, role);
    }
}
