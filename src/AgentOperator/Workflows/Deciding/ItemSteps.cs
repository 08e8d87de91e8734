using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Expressions;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Steps that do their work for each item of a list.</summary>
internal sealed class ItemSteps(RunState run, Finishing finishing)
{
    /// <summary>Fixes the list, once for a visit of the step; false when the step cannot begin now, or has ended.</summary>
    public bool Begin(StepRow row)
    {
        if (row.Status.Items is not null)
        {
            return true;
        }

        CelExpression expression = CelExpression.Parse(row.Spec.ForEach!.Items);
        Answer<JsonElement> list = run.Ask(row, expression, expression.Evaluate);
        if (!list.IsKnown)
        {
            return false;
        }

        if (list.Problem is { } problem)
        {
            row.Fail(StepReasons.ExpressionFailed, $"forEach.items: {problem}", run.Now);
            return false;
        }

        (ItemsStatus? items, AttemptEnd? end) = ItemsDecider.Begin(row.Spec, list.Value);
        row.Status = row.Status with { Items = items };
        if (end is not null)
        {
            End(row, end);
        }

        return end is null;
    }

    /// <summary>The step's first attempt begins, or the next one of its Indexed Job.</summary>
    public void Start(StepRow row) => row.Status = ItemsDecider.Start(ContextOf(row), row.Status);

    public void Follow(StepRow row)
    {
        ItemsTurn turn = ItemsDecider.Follow(ContextOf(row), row.Status);
        if (turn.WantsResults)
        {
            AttemptObservation? job = row.Status.Job is { } name ? run.Seen.Attempts.GetValueOrDefault(name) : null;
            run.Want(new ItemsWanted(NamesOf(row), row.Spec.Container is null ? IndexRanges.Parse(row.Status.Items!.Running) : IndexRanges.Empty, job));
            return;
        }

        row.Status = turn.Status;
        run.Keep(NamesOf(row), turn.Keeps);
        if (turn.WakeAt is { } at)
        {
            run.Wake(at);
        }

        if (turn.End is { } end)
        {
            End(row, end);
        }
    }

    /// <summary>Jobs of items that are recorded and not seen yet.</summary>
    public IEnumerable<AttemptStart> Starts(StepRow row) => ItemsDecider.Starts(ContextOf(row), row.Status);

    private void End(StepRow row, AttemptEnd end)
    {
        row.Status = row.Status with { Phase = end.Phase, Waiting = null, Reason = end.Reason, Message = end.Message, ExitCode = null, Outputs = end.Outputs, References = end.References };
        if (end.Phase == StepPhases.Succeeded)
        {
            finishing.Succeed(row);
        }
        else
        {
            row.Status = row.Status with { FinishedAt = new MicroTime(run.Now) };
        }
    }

    private ItemNames NamesOf(StepRow row) => new(run.Workflow, run.Run, row.Id(0));

    private ItemsContext ContextOf(StepRow row)
    {
        ItemNames names = NamesOf(row);
        return new ItemsContext
        {
            Step = row.Spec,
            Retry = row.Spec.Retry ?? run.Status.RunSpec!.Defaults?.Retry,
            Names = names,
            Attempts = run.Seen.Attempts,
            Evidence = run.Seen.Items.GetValueOrDefault(names.Results),
            Room = StepResult.MaxRunBytes - run.All.Where(other => other != row).Sum(static other => StepResult.Bytes(other.Status.Outputs)),
            MayStart = !run.IsToPause,
            Now = run.Now,
        };
    }
}
