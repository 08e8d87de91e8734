using System.Text.Json.Nodes;
using AgentOperator.Manifests.Files;

namespace AgentOperator.Manifests.Access;

/// <summary>The account that the operator runs as, and what it may do.</summary>
internal static class OperatorRole
{
    private const string Header = "# Written by tools/AgentOperator.Manifests from what the reconcilers declare with [RequiresAccess]: change that.\n";

    private const string BindingHeader =
        "# For an operator of one namespace only (--namespace), put a RoleBinding there in the place of this.\n";

    public static IReadOnlyList<GeneratedFile> Write(IReadOnlyList<AccessRule> rules) =>
    [
        RbacObject.File("namespace.yaml", Header, Namespace()),
        RbacObject.File("service-account.yaml", Header, Account()),
        RbacObject.File("cluster-role.yaml", Header, RbacObject.Role(RbacNames.Operator, rules)),
        RbacObject.File("cluster-role-binding.yaml", Header + BindingHeader, Binding()),
    ];

    private static JsonObject Namespace()
    {
        JsonObject space = RbacObject.Create("v1", "Namespace", RbacNames.Namespace);
        space["metadata"]!["labels"]!["pod-security.kubernetes.io/enforce"] = "restricted";
        return space;
    }

    private static JsonObject Account()
    {
        JsonObject account = RbacObject.Create("v1", "ServiceAccount", RbacNames.Operator);
        account["metadata"]!["namespace"] = RbacNames.Namespace;
        return account;
    }

    private static JsonObject Binding()
    {
        JsonObject binding = RbacObject.Create(RbacObject.ApiVersion, "ClusterRoleBinding", RbacNames.Operator);
        binding["roleRef"] = new JsonObject { ["apiGroup"] = RbacObject.Group, ["kind"] = "ClusterRole", ["name"] = RbacNames.Operator };
        binding["subjects"] = new JsonArray(
            new JsonObject { ["kind"] = "ServiceAccount", ["name"] = RbacNames.Operator, ["namespace"] = RbacNames.Namespace });
        return binding;
    }
}
