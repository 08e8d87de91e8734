using System.Text.Json.Nodes;
using AgentOperator.Manifests.Files;

namespace AgentOperator.Manifests.Access;

/// <summary>The account that the operator runs as, and what it may do: everywhere, and in its own namespace.</summary>
internal static class OperatorRole
{
    private const string Header = "# Written by tools/AgentOperator.Manifests from what the code declares with [RequiresAccess]: change that.\n";

    private const string BindingHeader = "# For an operator of one namespace (--namespace), put a RoleBinding there in the place of this.\n";

    public static IReadOnlyList<GeneratedFile> Write(IReadOnlyList<AccessRule> rules) =>
    [
        RbacObject.File("namespace.yaml", Header, Namespace()),
        RbacObject.File("service-account.yaml", Header, RbacObject.InOwnNamespace("v1", "ServiceAccount", RbacNames.Operator)),
        RbacObject.File("cluster-role.yaml", Header, ClusterRole(rules)),
        RbacObject.File("cluster-role-binding.yaml", Header + BindingHeader, Bind(RbacObject.Create(RbacObject.ApiVersion, "ClusterRoleBinding", RbacNames.Operator), "ClusterRole")),
        RbacObject.File("role.yaml", Header, Role(rules)),
        RbacObject.File("role-binding.yaml", Header, Bind(RbacObject.InOwnNamespace(RbacObject.ApiVersion, "RoleBinding", RbacNames.Operator), "Role")),
    ];

    private static JsonObject Namespace()
    {
        JsonObject space = RbacObject.Create("v1", "Namespace", RbacNames.Namespace);
        space["metadata"]!["labels"]!["pod-security.kubernetes.io/enforce"] = "restricted";
        return space;
    }

    private static JsonObject ClusterRole(IEnumerable<AccessRule> rules) =>
        RbacObject.WithRules(RbacObject.Create(RbacObject.ApiVersion, "ClusterRole", RbacNames.Operator), rules.Where(rule => !rule.InOwnNamespace));

    private static JsonObject Role(IEnumerable<AccessRule> rules) =>
        RbacObject.WithRules(RbacObject.InOwnNamespace(RbacObject.ApiVersion, "Role", RbacNames.Operator), rules.Where(rule => rule.InOwnNamespace));

    private static JsonObject Bind(JsonObject binding, string roleKind)
    {
        binding["roleRef"] = new JsonObject { ["apiGroup"] = RbacObject.Group, ["kind"] = roleKind, ["name"] = RbacNames.Operator };
        binding["subjects"] = new JsonArray(
            new JsonObject { ["kind"] = "ServiceAccount", ["name"] = RbacNames.Operator, ["namespace"] = RbacNames.Namespace });
        return binding;
    }
}
