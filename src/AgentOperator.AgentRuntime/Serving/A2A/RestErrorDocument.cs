namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>An error over HTTP+JSON (A2A 1.0, 11.6, after AIP-193).</summary>
internal sealed record RestErrorDocument
{
    public required RestError Error { get; init; }
}
