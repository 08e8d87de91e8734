namespace AgentOperator.EndToEnd.Agents;

/// <summary>Agents in a cluster with Dapr's resources and an injector that takes no pod.</summary>
[Trait("Cluster", "local")]
public sealed class DaprAgentTests
{
    [Fact]
    public async Task Dapr_hears_of_an_agent_its_pods_are_watched_and_everything_goes_when_the_spec_drops_it() =>
        (await DaprScenario.RunAsync()).ShouldContain("delete /pods");
}
