namespace AgentOperator.EndToEnd;

/// <summary>The classes that need the whole machine: others beside them would only wait.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;
