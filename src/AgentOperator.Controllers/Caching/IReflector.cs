namespace AgentOperator.Controllers.Caching;

/// <summary>Keeps one store in step with the API server.</summary>
public interface IReflector
{
    /// <summary>What it follows and where, for messages.</summary>
    string Description { get; }

    /// <summary>What keeps it from following the server just now; null when nothing does.</summary>
    string? Problem { get; }

    /// <summary>Completes when the store has been filled for the first time.</summary>
    Task Synced { get; }

    /// <summary>Lists and watches until cancelled; survives every failure of the server.</summary>
    Task RunAsync(CancellationToken cancellation);
}
