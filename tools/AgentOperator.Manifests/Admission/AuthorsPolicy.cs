using System.Text.Json.Nodes;
using AgentOperator.Api;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Manifests.Files;

namespace AgentOperator.Manifests.Admission;

/// <summary>Writes on each Workflow who has changed what it runs, since a run of it last succeeded. What a user writes there himself is undone.</summary>
internal static class AuthorsPolicy
{
    private const string Kind = "MutatingAdmissionPolicy";

    /// <summary>What a run is made of: the properties of <see cref="RunSpec"/>.</summary>
    private static readonly string[] RunRelevant = ["params", "steps", "finally", "defaults", "runToken", "outputs"];

    public static IReadOnlyList<GeneratedFile> Write() => [PolicyObject.File("authors.yaml", Policy()), PolicyObject.File("authors-binding.yaml", PolicyObject.Binding(Kind, AdmissionPolicies.Authors))];

    private static JsonObject Policy()
    {
        string changed = string.Join(" || ", RunRelevant.Select(static field => $"object.spec.?{field} != oldObject.spec.?{field}"));
        JsonObject policy = PolicyObject.Policy(
            Kind,
            AdmissionPolicies.Authors,
            [PolicyObject.Matching(ApiGroup.Name, ["CREATE", "UPDATE"], "workflows")],
            [
                PolicyObject.Variable("given", Stamp("object")),
                PolicyObject.Variable("before", $"request.operation == 'CREATE' ? '' : {Stamp("oldObject")}"),
                PolicyObject.Variable("isChanged", $"request.operation == 'CREATE' || {changed}"),
                PolicyObject.Variable(
                    "isSettled",
                    $"request.operation == 'CREATE' || (oldObject.?status.?phase.orValue('') == '{WorkflowPhases.Succeeded}' && oldObject.?status.?runGeneration.orValue(0) == oldObject.metadata.generation)"),
                PolicyObject.Variable("base", $"variables.isSettled ? [] : variables.before == '' ? ['{AuthorNames.Unknown}'] : variables.before.split('\\n')"),
                PolicyObject.Variable(
                    "wanted",
                    "!variables.isChanged ? variables.before : request.userInfo.username in variables.base ? variables.base.join('\\n') : (variables.base + [request.userInfo.username]).join('\\n')"),
            ]);
        policy["spec"]!["reinvocationPolicy"] = "IfNeeded";
        string path = $"'/metadata/annotations/' + jsonpatch.escapeKey('{Labels.Authors}')";
        policy["spec"]!["mutations"] = PolicyObject.List(
        [
            new JsonObject
            {
                ["patchType"] = "JSONPatch",
                ["jsonPatch"] = new JsonObject
                {
                    ["expression"] = $"variables.given == variables.wanted ? [] : variables.wanted == '' ? [JSONPatch{{op: 'remove', path: {path}}}]"
                        + $" : has(object.metadata.annotations) ? [JSONPatch{{op: 'add', path: {path}, value: variables.wanted}}]"
                        + $" : [JSONPatch{{op: 'add', path: '/metadata/annotations', value: {{'{Labels.Authors}': variables.wanted}}}}]",
                },
            },
        ]);
        return policy;
    }

    private static string Stamp(string of) => $"has({of}.metadata.annotations) && '{Labels.Authors}' in {of}.metadata.annotations ? {of}.metadata.annotations['{Labels.Authors}'] : ''";
}
