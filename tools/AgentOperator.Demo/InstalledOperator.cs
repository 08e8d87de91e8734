using AgentOperator.Tooling;

namespace AgentOperator.Demo;

/// <summary>The operator as config/default installs it: the demo's own cannot work beside it.</summary>
internal static class InstalledOperator
{
    private const string Deployment = "agentoperator";
    private const string Namespace = "agentoperator-system";
    private const string Policy = "agentoperator-operator-only";
    private const string Instead = "Apply examples/quickstart/workflow.yaml with kubectl, and the operator there runs it; without KUBECONFIG the demo starts a cluster of its own.";

    /// <exception cref="ToolException">It is there; the message says what to do.</exception>
    public static async Task RefuseAsync(Kubectl kubectl, CancellationToken cancellation)
    {
        string replicas = await kubectl.RunAsync(cancellation, "get", "deployment", Deployment, "--namespace", Namespace, "--ignore-not-found", "-o", "jsonpath={.spec.replicas}");
        if (replicas.Trim() is not ("" or "0"))
        {
            throw new ToolException($"an operator runs in this cluster (deployment {Deployment} in {Namespace}), and the demo's own would work against it. {Instead}");
        }

        string policy = await kubectl.RunAsync(cancellation, "get", "validatingadmissionpolicy", Policy, "--ignore-not-found", "-o", "name");
        if (policy.Trim().Length > 0)
        {
            throw new ToolException($"the admission policy {Policy} in this cluster lets no other operator than the installed one write a status, and the demo starts one of its own. {Instead}");
        }
    }
}
