using System.Globalization;
using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Results;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Steps that wait for a time, an event, or somebody who lets them pass.</summary>
internal sealed class Waiting(RunState run, Finishing finishing)
{
    public void Advance(StepRow row, WaitStep wait)
    {
        if (!row.HasBegun && !Begin(row, wait))
        {
            return;
        }

        if (wait.Event is { } expected && Take(row, expected))
        {
            return;
        }

        if (row.Status.DueAt is not { } due)
        {
            return;
        }

        if (due.Value > run.Now)
        {
            run.Wake(due.Value);
        }
        else if (wait.Event is null)
        {
            finishing.Succeed(row);
        }
        else if (wait.Event.OnTimeout == WaitTimeoutActions.Skip)
        {
            row.End(StepPhases.Skipped, StepReasons.EventTimeout, $"skipped, because event {wait.Event.Name} did not come in {wait.Event.Timeout}", run.Now);
        }
        else
        {
            row.Fail(StepReasons.EventTimeout, $"event {wait.Event.Name} did not come in {wait.Event.Timeout}", run.Now);
        }
    }

    /// <summary>A pause goes on until somebody resumes it or its time is up.</summary>
    public void AtCheckpoint(StepRow row)
    {
        if (row.Status.Checkpoint is not { PassedAt: null, Until: { } until })
        {
            return;
        }

        if (until.Value > run.Now)
        {
            run.Wake(until.Value);
        }
        else
        {
            row.Fail(StepReasons.CheckpointTimeout, $"nobody let the run go on behind the checkpoint in {row.Spec.Checkpoint!.Timeout}", run.Now);
        }
    }

    private bool Begin(StepRow row, WaitStep wait)
    {
        DateTimeOffset? due = null;
        if (wait.Until is { } text)
        {
            Answer<string> answer = run.Ask(row, new TextExpression(text), scope => TemplateText.Parse(text).Plain(scope));
            if (!answer.IsKnown)
            {
                return false;
            }

            if (answer.Problem is not null || !DateTimeOffset.TryParse(answer.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset until))
            {
                row.Fail(StepReasons.ExpressionFailed, $"wait.until: {answer.Problem ?? $"{answer.Value} is no RFC 3339 time, such as 2026-05-01T12:00:00Z"}", run.Now);
                return false;
            }

            due = until;
        }
        else if ((wait.Duration ?? wait.Event?.Timeout) is { } duration)
        {
            due = run.Now + duration.ToTimeSpan();
        }

        row.Status = row.Status with { StartedAt = new MicroTime(run.Now), DueAt = due is { } at ? new MicroTime(at) : null };
        row.Block(StepPhases.Waiting, wait.Event is null ? WaitingReasons.Timer : WaitingReasons.Event, wait.Event is null ? "the time is not up" : Awaiting(row, wait.Event, null), due);
        return true;
    }

    /// <summary>True when the event is there and the step has ended by it.</summary>
    private bool Take(StepRow row, WaitEvent expected)
    {
        if (run.Workflow.Annotation(RequestAnnotations.Event + expected.Name) is not { } text)
        {
            return false;
        }

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string number = slash < 0 ? text : text[..slash];
        if (number != run.NumberOf(row))
        {
            row.Block(StepPhases.Waiting, WaitingReasons.Event, Awaiting(row, expected, $"what came is for run {Sentence.Limit(number)}, and this is run {run.NumberOf(row)}"), row.Status.DueAt?.Value);
            return false;
        }

        if (row.Spec.Outputs is { Count: > 0 } declared)
        {
            (IReadOnlyDictionary<string, JsonElement>? outputs, string? problem) = StepResult.Read(declared, slash < 0 ? "{}" : text[(slash + 1)..], out _, "the event's payload");
            if (problem is not null || StepResult.Bytes(outputs) > OutputSpill.MaxInlineBytes * declared.Count)
            {
                row.Block(StepPhases.Waiting, WaitingReasons.Event, Awaiting(row, expected, problem ?? "its payload is too large: pass a reference"), row.Status.DueAt?.Value);
                return false;
            }

            row.Status = row.Status with { Outputs = outputs };
        }

        finishing.Succeed(row);
        return true;
    }

    private string Awaiting(StepRow row, WaitEvent expected, string? problem) =>
        $"event {expected.Name} has not come{(problem is null ? "" : $" ({problem})")}: kubectl annotate awf {run.Workflow.Metadata.Name} {RequestAnnotations.Event}{expected.Name}='{run.NumberOf(row)}/{{}}' --overwrite";
}
