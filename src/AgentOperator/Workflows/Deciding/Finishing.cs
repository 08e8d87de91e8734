using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Expressions;

namespace AgentOperator.Workflows.Deciding;

/// <summary>What follows a success: the step's checkpoint, then its way back.</summary>
internal sealed class Finishing(RunState run)
{
    /// <summary>The step's work is done, and its results are in its status.</summary>
    public void Succeed(StepRow row)
    {
        row.Status = row.Status with { Phase = StepPhases.Succeeded, Waiting = null, FinishedAt = new MicroTime(run.Now) };
        run.Touch();
        if (row.Spec.Checkpoint is not { } checkpoint)
        {
            Leave(row);
            return;
        }

        Answer<bool> applies = Condition(row, checkpoint.When);
        if (applies is { IsKnown: true, Problem: { } problem })
        {
            row.Fail(StepReasons.ExpressionFailed, $"checkpoint.when: {problem}", run.Now);
        }
        else if (applies.Value)
        {
            Apply(row, checkpoint);
        }
        else if (applies.IsKnown)
        {
            Leave(row);
        }
    }

    /// <summary>The run goes on behind a checkpoint.</summary>
    public void Pass(StepRow row)
    {
        row.Status = row.Status with { Phase = StepPhases.Succeeded, Waiting = null, FinishedAt = new MicroTime(run.Now), Checkpoint = row.Status.Checkpoint! with { PassedAt = new MicroTime(run.Now) } };
        Leave(row);
    }

    private void Apply(StepRow row, StepCheckpoint checkpoint)
    {
        MicroTime? until = checkpoint is { Action: CheckpointActions.Pause, Timeout: { } timeout } ? new MicroTime(run.Now + timeout.ToTimeSpan()) : null;
        row.Status = row.Status with { Checkpoint = new CheckpointStatus { Action = checkpoint.Action, Since = new MicroTime(run.Now), Until = until } };
        switch (checkpoint.Action)
        {
            case CheckpointActions.Fail:
                row.Fail(StepReasons.CheckpointFailed, checkpoint.When is { } when ? $"the checkpoint fails the step, because {when}" : "the checkpoint fails the step", run.Now);
                break;
            case CheckpointActions.Pause:
                row.Status = row.Status with { FinishedAt = null };
                row.Block(StepPhases.Waiting, WaitingReasons.Checkpoint, $"somebody has to let the run go on: kubectl annotate awf {run.Workflow.Metadata.Name} {RequestAnnotations.Resume}={run.NumberOf(row)}/{row.Spec.Name} --overwrite", until?.Value);
                break;
            default:
                Leave(row);
                break;
        }
    }

    private void Leave(StepRow row)
    {
        if (Memoizing.KeepOf(row) is { } memo)
        {
            run.Remember(memo);
        }

        if (row.Part != StepPart.Steps || row.Spec.Next is not { } next || run.Loops.EndingAt(row.Spec.Name) is not { } loop)
        {
            return;
        }

        Answer<bool> again = Condition(row, next.When);
        if (again is { IsKnown: true, Problem: { } problem })
        {
            row.Fail(StepReasons.ExpressionFailed, $"next.when: {problem}", run.Now);
        }
        else if (again.Value)
        {
            GoBack(row, next, loop);
        }
    }

    private void GoBack(StepRow tail, StepNext next, Loop loop)
    {
        int passes = tail.Status.Passes ?? 1;
        if (passes >= next.MaxVisits)
        {
            string message = $"the loop back to {next.Goto} was done {passes} times, which is next.maxVisits";
            if (next.OnMaxVisits == LoopLimitActions.Continue)
            {
                tail.Status = tail.Status with { Reason = StepReasons.LoopLimit, Message = message };
            }
            else
            {
                tail.Fail(StepReasons.LoopLimit, message, run.Now);
            }

            return;
        }

        foreach (StepRow row in run.Main.Where(row => loop.Body.Contains(row.Spec.Name)))
        {
            row.Again();
        }

        tail.Status = tail.Status with { Passes = passes + 1 };
        run.Touch();
    }

    private Answer<bool> Condition(StepRow row, string? text)
    {
        if (text is null)
        {
            return new Answer<bool>(true);
        }

        CelExpression expression = CelExpression.Parse(text);
        return run.Ask(row, expression, expression.IsTrue);
    }
}
