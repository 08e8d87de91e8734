namespace AgentOperator.AgentRuntime.Tools;

/// <summary>A server of tools.</summary>
internal interface IToolServer : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Connects if need be and asks what there is. Throws when the server cannot be reached; a tool that cannot be used is left out and named.</summary>
    Task<FoundTools> FindAsync(CancellationToken cancellation);
}
