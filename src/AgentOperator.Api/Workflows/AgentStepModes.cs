namespace AgentOperator.Api.Workflows;

/// <summary>Where an agent step's work is done.</summary>
public static class AgentStepModes
{
    public const string Auto = "Auto";

    /// <summary>By the Agent's pods.</summary>
    public const string Deployed = "Deployed";

    /// <summary>By the step's own Job.</summary>
    public const string InJob = "InJob";
}
