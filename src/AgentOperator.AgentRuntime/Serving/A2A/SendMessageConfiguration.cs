namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 SendMessageConfiguration, as far as it is heeded.</summary>
internal sealed record SendMessageConfiguration
{
    public int? HistoryLength { get; init; }

    /// <summary>True: the answer is the task as it is, under way.</summary>
    public bool ReturnImmediately { get; init; }
}
