namespace AgentOperator.Api.Workflows;

/// <summary>How a run is stopped, in <see cref="RunStop.Mode"/> and in the annotation <see cref="RequestAnnotations.Cancel"/>.</summary>
public static class CancelModes
{
    /// <summary>Attempts are stopped, then finally runs.</summary>
    public const string Graceful = "Graceful";

    /// <summary>Attempts are stopped, and nothing more runs.</summary>
    public const string Immediate = "Immediate";
}
