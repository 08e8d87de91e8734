namespace AgentOperator.Controllers;

/// <summary>Something that reconciles until it is stopped.</summary>
public interface IController
{
    /// <summary>Runs the workers; ends when cancelled and every reconcile under way has ended.</summary>
    Task RunAsync(CancellationToken cancellation);
}
