using System.Text.Json.Nodes;
using AgentOperator.Manifests.Access;
using AgentOperator.Manifests.Files;

namespace AgentOperator.Manifests.Admission;

/// <summary>Parts that the admission policies share.</summary>
internal static class PolicyObject
{
    public const string ApiVersion = "admissionregistration.k8s.io/v1";

    private const string Header = "# Written by tools/AgentOperator.Manifests: change tools/AgentOperator.Manifests/Admission.\n";

    /// <summary>Who may do what is the operator's alone. Further accounts, such as one that runs it from outside the cluster, are added by replacing this expression.</summary>
    public static JsonObject IsOperator() =>
        Variable("isOperator", $"request.userInfo.username in ['system:serviceaccount:{RbacNames.Namespace}:{RbacNames.Operator}']");

    public static JsonObject Variable(string name, string expression) => new() { ["name"] = name, ["expression"] = expression };

    /// <param name="expression">True for what may pass.</param>
    /// <param name="message">Says what to do.</param>
    /// <param name="messageExpression">The same with values of the request.</param>
    public static JsonObject Validation(string expression, string message, string? messageExpression = null)
    {
        JsonObject validation = new() { ["expression"] = expression, ["message"] = message, ["reason"] = "Forbidden" };
        if (messageExpression is not null)
        {
            validation["messageExpression"] = messageExpression;
        }

        return validation;
    }

    public static JsonObject Matching(string group, string[] operations, params string[] resources) => new()
    {
        ["apiGroups"] = new JsonArray(group),
        ["apiVersions"] = new JsonArray("*"),
        ["operations"] = List(operations),
        ["resources"] = List(resources),
    };

    /// <summary>A policy: what cannot be judged is refused.</summary>
    public static JsonObject Policy(string kind, string name, JsonObject[] matching, JsonObject[] variables)
    {
        JsonObject policy = RbacObject.Create(ApiVersion, kind, name);
        policy["spec"] = new JsonObject
        {
            ["failurePolicy"] = "Fail",
            ["matchConstraints"] = new JsonObject { ["resourceRules"] = List(matching) },
            ["variables"] = List(variables),
        };
        return policy;
    }

    public static JsonObject Binding(string policyKind, string name)
    {
        JsonObject binding = RbacObject.Create(ApiVersion, policyKind + "Binding", name);
        binding["spec"] = new JsonObject { ["policyName"] = name };
        return binding;
    }

    public static JsonArray List(JsonNode[] items) => new([.. items]);

    public static JsonArray List(string[] items) => new([.. items.Select(static item => JsonValue.Create(item))]);

    public static GeneratedFile File(string name, JsonObject content) => RbacObject.File(name, Header, content);
}
