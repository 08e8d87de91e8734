using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Checking;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Triggers.Children;
using AgentOperator.Workflows.Triggers.Events;

namespace AgentOperator.Workflows.Triggers.Deciding;

/// <summary>What a person and kstatus read of a definition.</summary>
internal static class DefinitionSummary
{
    private const string Scheduled = "Scheduled";
    private const string Defined = "Defined";
    private const string TriggerProblem = "TriggerProblem";
    private const int MaxNames = 200;

    /// <param name="definition">The object.</param>
    /// <param name="status">Its status, with runs, and with what is kept of a time when it ran itself.</param>
    /// <param name="triggers">Its triggers.</param>
    /// <param name="waiting">Events that wait.</param>
    /// <param name="now">The time.</param>
    public static WorkflowStatus Describe(Workflow definition, WorkflowStatus status, IReadOnlyList<TriggerStatus> triggers, int waiting, DateTimeOffset now)
    {
        (string Reason, string Message)? problem = Problem(definition.Spec, triggers);
        TriggerStatus? next = triggers.Where(static trigger => trigger.Next is not null).MinBy(static trigger => trigger.Next!.Value.Value);
        bool isSuspended = definition.Spec.Suspend == true;
        string reason = isSuspended ? WorkflowPhases.Suspended : next is not null ? Scheduled : triggers is [] ? Defined : WorkflowPhases.Waiting;
        string message = Sentence.Limit(problem?.Message ?? Say(isSuspended, triggers, next, status.Children?.Count ?? 0, waiting));
        return new WorkflowStatus
        {
            ObservedGeneration = definition.Metadata.Generation,
            Phase = isSuspended ? WorkflowPhases.Suspended : problem is not null ? WorkflowPhases.Pending : status.Children is { Count: > 0 } ? WorkflowPhases.Running : WorkflowPhases.Waiting,
            Run = status.Run,
            SpecDigest = status.SpecDigest,
            RunToken = status.RunToken,
            LastHandledRequest = status.LastHandledRequest,
            History = status.Steps is null ? RunHistory.Trim(status, definition.Spec.HistoryLimit).History : RunHistory.With(status, definition.Spec.HistoryLimit),
            Step = Names(status.Children),
            Waiting = problem is { } stuck ? $"Refused: {stuck.Reason}" : next is null || isSuspended ? null : $"{EventName.Id(next.Next!.Value.Value)} {next.Name}",
            Message = message,
            Triggers = triggers is [] ? null : triggers,
            Children = status.Children,
            AppliedDigest = definition.Spec.RunOnApply == true ? status.AppliedDigest : null,
            Conditions = Conditions.Merge(
                status.Conditions,
                problem is { } bad
                    ? [new(ConditionTypes.Ready, ConditionStatus.False, bad.Reason, message), new(ConditionTypes.Stalled, ConditionStatus.True, bad.Reason, message)]
                    : [new(ConditionTypes.Ready, ConditionStatus.True, reason, message)],
                definition.Metadata.Generation,
                now),
        };
    }

    /// <summary>A param that every event has to bring needs no value here.</summary>
    private static (string Reason, string Message)? Problem(WorkflowSpec spec, IReadOnlyList<TriggerStatus> triggers)
    {
        WorkflowSpec optional = ChildWorkflow.SpecOf(spec, []) with { Params = spec.Params is { } declared ? [.. declared.Select(static parameter => parameter with { Required = null })] : null };
        return SpecCheck.Problem(RunSpec.Of(optional)) is { } problem ? (problem.Reason, problem.Message)
            : triggers.FirstOrDefault(static trigger => trigger.Problem is not null) is { } stuck ? (TriggerProblem, $"trigger {stuck.Name}: {stuck.Problem}")
            : null;
    }

    private static string Say(bool isSuspended, IReadOnlyList<TriggerStatus> triggers, TriggerStatus? next, int active, int waiting)
    {
        string what = isSuspended ? "suspended by spec.suspend: no run starts, and scheduled times pass"
            : triggers is [] ? "runs as a step of other workflows"
            : next is not null ? $"runs next at {EventName.Id(next.Next!.Value.Value)} by {next.Name}" : "waits for events";
        return what + (active == 0 ? "" : active == 1 ? "; 1 run is under way" : $"; {active} runs are under way") + (waiting == 0 ? "" : waiting == 1 ? "; 1 event waits" : $"; {waiting} events wait");
    }

    private static string? Names(IReadOnlyList<ChildRun>? runs)
    {
        string text = string.Join(", ", (runs ?? []).Select(static run => run.Name));
        return text.Length == 0 ? null : text.Length <= MaxNames ? text : text[..(MaxNames - 1)] + "…";
    }
}
