using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Tests.Cluster;

public sealed class DeploymentTests(ClusterFixture cluster)
{
    [Fact]
    public async Task A_deployment_rolls_out_scales_and_goes_with_all_it_has()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        ResourceClient<Deployment> deployments = cluster.Client.Resource<Deployment>("default");
        ResourceClient<ReplicaSet> sets = cluster.Client.Resource<ReplicaSet>("default");
        Dictionary<string, string> labels = new() { ["app"] = "rolls" };
        await deployments.CreateAsync(
            new Deployment
            {
                Metadata = new ObjectMeta { Name = "rolls", Namespace = "default" },
                Spec = new DeploymentSpec
                {
                    Replicas = 2,
                    Selector = new LabelSelector { MatchLabels = labels },
                    Template = new PodTemplateSpec
                    {
                        Metadata = new ObjectMeta { Labels = labels },
                        Spec = new PodSpec { RestartPolicy = "Always", TerminationGracePeriodSeconds = 1, Containers = [new Container { Name = "main", Image = "shell", Args = ["exec sleep 1000"] }] },
                    },
                },
            },
            cancellation);
        Deployment done = await DoneAsync(deployments, 2);
        done.Status!.Conditions!.Select(static condition => (condition.Type, condition.Status, condition.Reason))
            .ShouldBe([("Available", "True", "MinimumReplicasAvailable"), ("Progressing", "True", "NewReplicaSetAvailable")]);
        string first = (await sets.ListAsync(new ListOptions { LabelSelector = "app=rolls" }, cancellation)).Items.Single().Metadata.Name!;

        await deployments.PatchAsync("rolls", Kube.Patching.Patch.Merge("""{"spec":{"replicas":3,"template":{"metadata":{"annotations":{"version":"2"}}}}}"""u8), cancellation);
        await DoneAsync(deployments, 3);
        IReadOnlyList<ReplicaSet> both = (await sets.ListAsync(new ListOptions { LabelSelector = "app=rolls" }, cancellation)).Items;
        both.Count.ShouldBe(2);
        both.Single(set => set.Metadata.Name == first).Spec!.Replicas.ShouldBe(0);
        both.Single(set => set.Metadata.Name != first).Status!.AvailableReplicas.ShouldBe(3);

        await deployments.DeleteAsync("rolls", new DeleteOptions { PropagationPolicy = "Foreground" }, cancellation);
        await Until.Async(() => deployments.FindAsync("rolls", CancellationToken.None), static found => found is null);
        (await cluster.Pods.ListAsync(new ListOptions { LabelSelector = "app=rolls" }, cancellation)).Items.ShouldBeEmpty();
    }

    private static Task<Deployment> DoneAsync(ResourceClient<Deployment> deployments, int replicas) => Until.Async(
        () => deployments.GetAsync("rolls", CancellationToken.None),
        deployment => deployment.Status is { } status && status.ObservedGeneration == deployment.Metadata.Generation
            && status.AvailableReplicas == replicas && status.UpdatedReplicas == replicas && status.Replicas == replicas);
}
