namespace AgentOperator.Api.Workflows;

/// <summary>The run-relevant part of a spec: what a run executes, and what its digest is taken over.</summary>
public sealed record RunSpec
{
    public string? RunToken { get; init; }

    public IReadOnlyList<WorkflowParameter>? Params { get; init; }

    public StepDefaults? Defaults { get; init; }

    public required IReadOnlyList<WorkflowStep> Steps { get; init; }

    public IReadOnlyList<WorkflowStep>? Finally { get; init; }

    public IReadOnlyList<WorkflowOutput>? Outputs { get; init; }

    /// <summary>That of a spec.</summary>
    public static RunSpec Of(WorkflowSpec spec) => new() { RunToken = spec.RunToken, Params = spec.Params, Defaults = spec.Defaults, Steps = spec.Steps, Finally = spec.Finally, Outputs = spec.Outputs };
}
