namespace AgentOperator.EndToEnd.Clients;

/// <summary>The classes that share them.</summary>
[CollectionDefinition]
public sealed class WithDeployedAgents : ICollectionFixture<DeployedAgents>;
