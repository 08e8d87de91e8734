using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Tests.Cluster;

namespace AgentOperator.Local.Tests.Dapr;

public sealed class DaprClusterTests(DaprClusterFixture dapr) : IClassFixture<DaprClusterFixture>
{
    private const string WaitForSidecar = "until curl -sf $DAPR_HTTP_ENDPOINT/v1.0/healthz/outbound; do sleep 0.1; done; ";

    [Fact]
    public async Task A_pod_keeps_state_through_its_sidecar_and_ends_after_it_has_asked_it_to_shut_down()
    {
        await dapr.ComponentAsync("one", "state.in-memory", "scopes: [keeper]");
        Pod pod = DaprClusterFixture.WithDapr(
            TestPods.Shell("keeper", WaitForSidecar + """curl -s -d '[{"key":"k","value":{"a":1}}]' $DAPR_HTTP_ENDPOINT/v1.0/state/one; curl -s $DAPR_HTTP_ENDPOINT/v1.0/state/one/k; curl -s -X POST $DAPR_HTTP_ENDPOINT/v1.0/shutdown"""),
            "keeper");
        await dapr.Pods.CreateAsync(pod, TestContext.Current.CancellationToken);
        Pod ended = await dapr.UntilAsync("keeper", TestPods.HasEnded);
        ended.Status!.Phase.ShouldBe(PodPhase.Succeeded);
        (await dapr.LogAsync(ended)).ShouldBe("""{"a":1}""");
        ended.Status.ContainerStatuses!.Select(static status => (status.Name, status.State!.Terminated!.ExitCode)).ShouldBe([("main", 0), ("daprd", 0)]);
    }
}
