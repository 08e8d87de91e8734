using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Deciding;

/// <summary>A rerun that was asked for.</summary>
/// <param name="Text">The annotation.</param>
/// <param name="Run">The run whose results are taken over.</param>
/// <param name="From">The step from which on all runs again; null for what did not succeed.</param>
internal sealed record RerunRequest(string Text, long Run, string? From)
{
    private const string FromPrefix = "from=";

    /// <summary>Null when the text is no request.</summary>
    public static RerunRequest? Parse(string text) => RequestText.Split(text) switch
    {
        (long run, "failed") => new RerunRequest(text, run, null),
        (long run, { } what) when what.StartsWith(FromPrefix, StringComparison.Ordinal) && what.Length > FromPrefix.Length => new RerunRequest(text, run, what[FromPrefix.Length..]),
        _ => null,
    };

    /// <summary>Why the request cannot be met by a run that has ended; null when it can.</summary>
    public string? Problem(Workflow workflow, WorkflowStatus ended) => this switch
    {
        _ when ended.Run != Run => $"run {Run} is not the current one ({ended.Run})",
        { From: null } when ended.Phase == WorkflowPhases.Succeeded => $"all steps of run {Run} succeeded: name a step as {Run}/from=STEP",
        { From: { } step } when workflow.Spec.Steps.All(known => known.Name != step) => $"{step} is no step of this workflow",
        _ => null,
    };
}
