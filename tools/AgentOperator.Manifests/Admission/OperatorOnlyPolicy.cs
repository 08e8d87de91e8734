using System.Text.Json.Nodes;
using AgentOperator.Api;
using AgentOperator.Api.Approvals;
using AgentOperator.Manifests.Files;

namespace AgentOperator.Manifests.Admission;

/// <summary>What the operator believes is written by the operator: the status of our kinds, and objects with our labels. Pods with them are made by controllers of the cluster too, and Workflows that it made are changed by people, who cancel them.</summary>
internal static class OperatorOnlyPolicy
{
    private const string Kind = "ValidatingAdmissionPolicy";
    private const string Prefix = ApiGroup.Name + "/";

    private static readonly string[] Writes = ["CREATE", "UPDATE"];

    public static IReadOnlyList<GeneratedFile> Write() =>
        [PolicyObject.File("operator-only.yaml", Policy()), PolicyObject.File("operator-only-binding.yaml", ApprovalsPolicy.BindingOf(AdmissionPolicies.OperatorOnly))];

    private static JsonObject Policy()
    {
        JsonObject policy = PolicyObject.Policy(
            Kind,
            AdmissionPolicies.OperatorOnly,
            [
                PolicyObject.Matching(ApiGroup.Name, Writes, "*/status", "workflows"),
                PolicyObject.Matching("batch", Writes, "jobs"),
                PolicyObject.Matching("", Writes, "configmaps", "pods"),
                PolicyObject.Matching("apps", Writes, "controllerrevisions"),
            ],
            [
                PolicyObject.IsOperator(),
                PolicyObject.Variable("isController", "request.userInfo.username == 'system:kube-controller-manager' || (has(request.userInfo.groups) && 'system:serviceaccounts:kube-system' in request.userInfo.groups)"),
                PolicyObject.Variable("isStatus", "has(request.subResource) && request.subResource == 'status'"),
                PolicyObject.Variable("labels", "has(object.metadata.labels) ? object.metadata.labels : {}"),
                PolicyObject.Variable("oldLabels", "request.operation == 'UPDATE' && has(oldObject.metadata.labels) ? oldObject.metadata.labels : {}"),
                PolicyObject.Variable("marks", $"variables.labels.filter(k, k.startsWith('{Prefix}')) + variables.oldLabels.filter(k, k.startsWith('{Prefix}'))"),
            ]);
        policy["spec"]!["validations"] = PolicyObject.List(
        [
            PolicyObject.Validation(
                "!variables.isStatus || variables.isOperator",
                "status is written by the operator alone",
                "'status is written by the operator alone, and you are ' + request.userInfo.username"),
            PolicyObject.Validation(
                "variables.isStatus || variables.isOperator || variables.isController || (request.resource.resource in ['pods', 'workflows'] && request.operation == 'UPDATE'"
                    + " ? variables.marks.all(k, k in variables.labels && k in variables.oldLabels && variables.labels[k] == variables.oldLabels[k]) : size(variables.marks) == 0)",
                $"labels {Prefix}… belong to objects of the operator: remove them, or leave the object alone",
                "'the labels ' + variables.marks.join(', ') + ' belong to objects of the operator, and you are ' + request.userInfo.username + ': remove them, or leave the object alone'"),
        ]);
        return policy;
    }
}
