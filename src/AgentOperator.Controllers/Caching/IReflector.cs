namespace AgentOperator.Controllers.Caching;

/// <summary>Keeps one store in step with the API server.</summary>
public interface IReflector
{
    /// <summary>Completes when the store has been filled for the first time.</summary>
    Task Synced { get; }

    /// <summary>Lists and watches until cancelled; survives every failure of the server.</summary>
    Task RunAsync(CancellationToken cancellation);
}
