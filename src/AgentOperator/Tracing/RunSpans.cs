using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Tracing;

/// <summary>Spans of what has ended between two states of a workflow. Written from the times in status: a restart in between loses nothing of them.</summary>
internal static class RunSpans
{
    /// <param name="workflow">Whose states they are.</param>
    /// <param name="before">The state that was told of before; null for none.</param>
    /// <param name="after">The state now.</param>
    public static IReadOnlyList<Span> Between(Workflow workflow, WorkflowStatus? before, WorkflowStatus after)
    {
        if (after is not { Run: { } run, Trace: { } trace })
        {
            return [];
        }

        WorkflowStatus? earlier = before?.Run == run ? before : null;
        HashSet<AttemptId> told = [.. Ended(earlier).Select(static step => step.Id)];
        List<Span> spans = [.. Ended(after).Where(step => !told.Contains(step.Id)).Select(step => Of(workflow, run, trace.Id, step.Id, step.Status))];
        if (after is { FinishedAt: { } end, StartedAt: { } start } && earlier?.FinishedAt is null)
        {
            spans.Add(Of(workflow, run, trace.Id, after, start.Value, end.Value));
        }

        return spans;
    }

    private static IEnumerable<(AttemptId Id, StepStatus Status)> Ended(WorkflowStatus? status) =>
        Ended(StepPart.Steps, status?.Steps).Concat(Ended(StepPart.Compensations, status?.Compensations)).Concat(Ended(StepPart.Finally, status?.Finally));

    /// <summary>Steps that have ended, and what is known of visits before.</summary>
    private static IEnumerable<(AttemptId Id, StepStatus Status)> Ended(StepPart part, IReadOnlyList<StepStatus>? steps)
    {
        foreach (StepStatus step in steps ?? [])
        {
            if (step is { FinishedAt: not null, StartedAt: not null, ReusedFrom: null })
            {
                yield return (new AttemptId(step.Name, 0) { Part = part, Visit = step.Visit ?? 1 }, step);
            }

            if (step.Previous is { StartedAt: { } start, FinishedAt: { } end } previous)
            {
                yield return (new AttemptId(step.Name, 0) { Part = part, Visit = previous.Visit }, new StepStatus { Name = step.Name, Phase = StepPhases.Succeeded, StartedAt = start, FinishedAt = end });
            }
        }
    }

    private static Span Of(Workflow workflow, long run, string trace, WorkflowStatus status, DateTimeOffset start, DateTimeOffset end) => new()
    {
        TraceId = trace,
        SpanId = SpanIds.Run(workflow.Metadata.Uid!, run),
        Name = $"{SpanNames.InvokeWorkflow} {workflow.Metadata.Name}",
        Start = start,
        End = end,
        Attributes =
        [
            new(SpanNames.OperationName, SpanNames.InvokeWorkflow),
            new(SpanNames.WorkflowName, workflow.Metadata.Name!),
            new(SpanNames.Namespace, workflow.Metadata.Namespace!),
            new(SpanNames.WorkflowUid, workflow.Metadata.Uid!),
            new(SpanNames.Run, run),
            new(SpanNames.Phase, status.Phase ?? ""),
        ],
        Error = status.Phase == WorkflowPhases.Succeeded ? null : status.Phase,
    };

    private static Span Of(Workflow workflow, long run, string trace, AttemptId id, StepStatus step)
    {
        List<KeyValuePair<string, object>> attributes =
        [
            new(SpanNames.WorkflowName, workflow.Metadata.Name!),
            new(SpanNames.Namespace, workflow.Metadata.Namespace!),
            new(SpanNames.Run, run),
            new(SpanNames.Step, step.Name),
            new(SpanNames.Phase, step.Phase),
            new(SpanNames.Attempts, (long)step.Attempt),
        ];
        Add(attributes, SpanNames.JobName, step.Job);
        Add(attributes, SpanNames.AgentName, step.Target?.Agent);
        Add(attributes, SpanNames.InputTokens, step.Usage?.InputTokens);
        Add(attributes, SpanNames.OutputTokens, step.Usage?.OutputTokens);
        Add(attributes, SpanNames.CostMicros, step.Usage?.CostMicros);
        Add(attributes, SpanNames.CostCurrency, step.Usage?.Currency);
        bool isError = step.Phase is not (StepPhases.Succeeded or StepPhases.Skipped or StepPhases.Compensated);
        Add(attributes, SpanNames.ErrorType, isError ? step.Reason : null);
        return new Span
        {
            TraceId = trace,
            SpanId = SpanIds.Step(workflow.Metadata.Uid!, run, id),
            ParentSpanId = SpanIds.Run(workflow.Metadata.Uid!, run),
            Name = id.Part == StepPart.Compensations ? $"undo {step.Name}" : $"step {step.Name}",
            Start = step.StartedAt!.Value.Value,
            End = step.FinishedAt!.Value.Value,
            Attributes = attributes,
            Error = isError ? step.Reason ?? step.Phase : null,
        };
    }

    private static void Add(List<KeyValuePair<string, object>> attributes, string name, object? value)
    {
        if (value is not null)
        {
            attributes.Add(new(name, value));
        }
    }
}
