using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Bench.Workloads;

/// <summary>Workflows whose steps run one after the other.</summary>
internal static class Chains
{
    public const string Image = "simulated";

    public static Task CreateNamespaceAsync(KubeClient client, string ns, CancellationToken cancellation) =>
        client.Resource<Namespace>().CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = ns } }, cancellation);

    public static Workflow Of(string ns, string name, int steps) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = ns },
        Spec = new WorkflowSpec
        {
            Steps =
            [
                .. Enumerable.Range(0, steps).Select(static i => new WorkflowStep
                {
                    Name = $"s{i}",
                    Needs = i == 0 ? null : [$"s{i - 1}"],
                    Container = new ContainerStep { Image = Image, Command = ["true"] },
                }),
            ],
        },
    };

    /// <summary>Creates a workflow and waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It did not succeed.</exception>
    public static async Task RunAsync(KubeClient client, Workflow workflow, CancellationToken cancellation)
    {
        ResourceClient<Workflow> workflows = client.Resource<Workflow>(workflow.Metadata.Namespace);
        Workflow created = await workflows.CreateAsync(workflow, cancellation);
        await foreach (WatchEvent<Workflow> change in workflows.WatchAsync(new WatchOptions { ResourceVersion = created.Metadata.ResourceVersion! }, cancellation))
        {
            if (change.Object is { } seen && seen.Metadata.Name == workflow.Metadata.Name && WorkflowPhases.IsFinal(seen.Status?.Phase))
            {
                if (seen.Status!.Phase != WorkflowPhases.Succeeded)
                {
                    throw new InvalidOperationException($"{seen.Metadata.Name} ended {seen.Status.Phase}: {seen.Status.Message}");
                }

                return;
            }
        }

        throw new InvalidOperationException($"The watch of {workflow.Metadata.Name} ended before the workflow.");
    }
}
