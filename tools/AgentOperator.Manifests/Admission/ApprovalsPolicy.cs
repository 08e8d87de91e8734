using System.Text.Json.Nodes;
using AgentOperator.Api;
using AgentOperator.Api.Approvals;
using AgentOperator.Manifests.Files;

namespace AgentOperator.Manifests.Admission;

/// <summary>An Approval is made in one's own name, and then stays as it is.</summary>
internal static class ApprovalsPolicy
{
    private const string Kind = "ValidatingAdmissionPolicy";

    public static IReadOnlyList<GeneratedFile> Write() => [PolicyObject.File("approvals.yaml", Policy()), PolicyObject.File("approvals-binding.yaml", BindingOf(AdmissionPolicies.Approvals))];

    /// <summary>What is refused is in the audit log too.</summary>
    public static JsonObject BindingOf(string name)
    {
        JsonObject binding = PolicyObject.Binding(Kind, name);
        binding["spec"]!["validationActions"] = PolicyObject.List(["Deny", "Audit"]);
        return binding;
    }

    private static JsonObject Policy()
    {
        JsonObject policy = PolicyObject.Policy(
            Kind,
            AdmissionPolicies.Approvals,
            [PolicyObject.Matching(ApiGroup.Name, ["CREATE", "UPDATE", "DELETE"], "approvals", "approvals/*")],
            [
                PolicyObject.IsOperator(),
                PolicyObject.Variable(
                    "isCleaner",
                    "request.userInfo.username in ['system:serviceaccount:kube-system:generic-garbage-collector', 'system:serviceaccount:kube-system:namespace-controller', 'system:kube-controller-manager']"),
                PolicyObject.Variable("groups", "has(request.userInfo.groups) ? request.userInfo.groups : []"),
            ]);
        policy["spec"]!["validations"] = PolicyObject.List(
        [
            PolicyObject.Validation(
                "request.operation != 'CREATE' || object.spec.user == request.userInfo.username",
                "spec.user must be your own user name: see kubectl auth whoami",
                "'spec.user is ' + object.spec.user + ', and the API server knows you as ' + request.userInfo.username + ': nobody decides in the name of another'"),
            PolicyObject.Validation(
                "request.operation != 'CREATE' || !has(object.spec.groups) || object.spec.groups.all(g, g in variables.groups)",
                "spec.groups may name only groups that you are in: see kubectl auth whoami",
                "'you are not in ' + object.spec.groups.filter(g, !(g in variables.groups)).join(', ') + ': spec.groups may name only groups that kubectl auth whoami shows'"),
            PolicyObject.Validation(
                "request.operation == 'DELETE' || !has(object.metadata.ownerReferences) || size(object.metadata.ownerReferences) == 0",
                "an Approval has no owner, with which it could be deleted: remove metadata.ownerReferences"),
            PolicyObject.Validation(
                "request.operation != 'UPDATE' || object.spec == oldObject.spec",
                "a decision stays as it was made: to decide otherwise, create another Approval"),
            PolicyObject.Validation(
                "request.operation != 'DELETE' || variables.isOperator || variables.isCleaner",
                "decisions are kept: the operator deletes them when their run leaves history"),
        ]);
        policy["spec"]!["auditAnnotations"] = PolicyObject.List(
        [
            new JsonObject
            {
                ["key"] = "decision",
                ["valueExpression"] = "request.operation != 'CREATE' ? '' : object.spec.decision + ' by ' + request.userInfo.username + ' for ' + object.spec.for.kind + ' ' + request.namespace + '/' + object.spec.for.name"
                    + " + ', gate ' + object.spec.for.gate + ', digest ' + object.spec.for.digest + (has(object.spec.comment) ? ': ' + object.spec.comment : '')",
            },
        ]);
        return policy;
    }
}
