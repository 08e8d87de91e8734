namespace AgentOperator.AgentRuntime.Models;

/// <summary>What a <c>ChatResponse</c> carries in its <c>AdditionalProperties</c> beyond Microsoft.Extensions.AI's own members.</summary>
internal static class ModelProperties
{
    /// <summary>The entry of the agent's models that answered: its <c>provider</c>.</summary>
    public const string Provider = "agentoperator.provider";

    /// <summary>The entry of the agent's models that answered: its <c>name</c>.</summary>
    public const string Model = "agentoperator.model";

    /// <summary><c>gen_ai.provider.name</c> of the model that answered.</summary>
    public const string ProviderName = "gen_ai.provider.name";

    /// <summary>Host of the server that answered.</summary>
    public const string ServerAddress = "server.address";

    /// <summary>Port of the server that answered.</summary>
    public const string ServerPort = "server.port";

    /// <summary>An <c>IReadOnlyList&lt;ModelAttempt&gt;</c>, the answered one last.</summary>
    public const string Attempts = "agentoperator.attempts";
}
