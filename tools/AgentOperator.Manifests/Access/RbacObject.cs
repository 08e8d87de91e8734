using System.Text.Json.Nodes;
using AgentOperator.Api;
using AgentOperator.Manifests.Files;
using AgentOperator.Manifests.Yaml;

namespace AgentOperator.Manifests.Access;

/// <summary>Parts that the objects under config/rbac share.</summary>
internal static class RbacObject
{
    public const string Group = "rbac.authorization.k8s.io";
    public const string ApiVersion = Group + "/v1";

    public static JsonObject Create(string apiVersion, string kind, string name) => new()
    {
        ["apiVersion"] = apiVersion,
        ["kind"] = kind,
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["labels"] = new JsonObject { [Labels.AppName] = Labels.ManagedByValue },
        },
    };

    public static JsonObject InOwnNamespace(string apiVersion, string kind, string name)
    {
        JsonObject created = Create(apiVersion, kind, name);
        created["metadata"]!["namespace"] = RbacNames.Namespace;
        return created;
    }

    public static JsonObject WithRules(JsonObject role, IEnumerable<AccessRule> rules)
    {
        role["rules"] = new JsonArray([.. rules.Select(Rule)]);
        return role;
    }

    public static GeneratedFile File(string name, string header, JsonObject content) => new(name, header + YamlWriter.Write(content));

    private static JsonObject Rule(AccessRule rule) => new()
    {
        ["apiGroups"] = new JsonArray(rule.Group),
        ["resources"] = new JsonArray(rule.Resource),
        ["verbs"] = new JsonArray([.. rule.Verbs.Select(verb => JsonValue.Create(verb))]),
    };
}
