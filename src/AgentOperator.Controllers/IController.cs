namespace AgentOperator.Controllers;

/// <summary>Something that reconciles until it is stopped.</summary>
public interface IController
{
    /// <summary>True when it works in every replica, each on its own slots; false when it works in one replica at a time.</summary>
    bool IsShared => false;

    /// <summary>Runs the workers; ends when cancelled and every reconcile under way has ended.</summary>
    /// <remarks>Where replicas share the work it may end and be run again, as what it stands for moves to other replicas and back.</remarks>
    Task RunAsync(CancellationToken cancellation);
}
