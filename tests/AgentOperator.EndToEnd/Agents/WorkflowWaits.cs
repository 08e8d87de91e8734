using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.EndToEnd.Agents;

/// <summary>Waits for runs whose pods are our runtime, which takes a while to start on a machine that has much to do.</summary>
internal static class WorkflowWaits
{
    public static async Task<Workflow> UntilEndedSlowlyAsync(this TestNamespace ns, string name)
    {
        try
        {
            return await ns.UntilEndedAsync(name);
        }
        catch (InvalidOperationException)
        {
            return await ns.UntilEndedAsync(name);
        }
    }

    /// <summary>The pod of a step once the step is as wanted.</summary>
    public static async Task<Pod> UntilPodAsync(this TestNamespace ns, string workflow, string step, Func<StepStatus, bool> holds)
    {
        Workflow seen = await ns.UntilAsync(workflow, candidate => candidate.Status?.Steps?.FirstOrDefault(row => row.Name == step) is { } row && holds(row));
        string job = seen.Status!.Steps!.Single(row => row.Name == step).Job!;
        return (await ns.Client.Resource<Pod>(ns.Name).ListAsync(new ListOptions { LabelSelector = $"batch.kubernetes.io/job-name={job}" }, TestContext.Current.CancellationToken)).Items.Single();
    }

    /// <summary>The Job that a pod is of.</summary>
    public static string ControllerJob(this Pod pod) => pod.Metadata.OwnerReferences!.Single(static owner => owner.Kind == "Job").Name;
}
