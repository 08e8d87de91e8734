using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Checking;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Undoes what was done, one step at a time, in the reverse of the order in which it was done.</summary>
internal sealed class Compensating(RunState run, Releasing releasing)
{
    /// <summary>True when a run that has come to this end is to be undone.</summary>
    public bool IsDue => run.Status.Stop switch
    {
        null => Array.Exists(run.Main, static row => StepPhases.IsFailure(row.Status.Phase)),
        { Mode: CancelModes.Immediate } => false,
        _ => true,
    };

    public bool HasWork => Array.Exists(run.Main, IsDone);

    public bool IsOver => run.Compensations.TrueForAll(static row => StepPhases.IsFinal(row.Status.Phase));

    /// <summary>Writes down what is to be undone; nothing, when nothing is.</summary>
    public void Begin()
    {
        StepRow[] done = [.. run.Main.Where(IsDone)];
        if (done.Length == 0)
        {
            return;
        }

        // What ended in one look ended at one time: there, what needs the other ended later.
        IReadOnlyDictionary<string, IReadOnlySet<string>> ancestors = StepGraph.Ancestors(run.Status.RunSpec!.Steps);
        run.Status = run.Status with { CompensatingSince = new MicroTime(run.Now), PausedMilliseconds = null, WaitingSince = null, PausedSince = run.IsPaused ? new MicroTime(run.Now) : null };
        run.Compensations.AddRange(done
            .Select(static (row, index) => (Row: row, Index: index))
            .OrderByDescending(static entry => DoneAt(entry.Row)!.Value.Value)
            .ThenByDescending(entry => ancestors[entry.Row.Spec.Name].Count)
            .ThenByDescending(static entry => entry.Index)
            .Select(static entry => new StepRow(StepPart.Compensations, CompensationSpec.Of(entry.Row.Spec), new StepStatus { Name = entry.Row.Spec.Name, Phase = StepPhases.Pending, Visit = VisitOf(entry.Row) })));
        run.Touch();
    }

    public void Advance()
    {
        run.Compensations.ForEach(Note);
        if (run.Status.Stop is { Mode: CancelModes.Immediate } stop)
        {
            Stop(stop.Reason, RunOutcome.Message(stop, []));
            return;
        }

        if (RunClock.Deadline(run.Status, run.Status.CompensatingSince, run.Workflow.Spec.Timeouts?.Compensate) is { } deadline)
        {
            if (deadline <= run.Now)
            {
                Stop(StepReasons.RunDeadlineExceeded, "compensations took longer than timeouts.compensate");
                return;
            }

            run.Wake(deadline);
        }

        foreach (StepRow row in run.Compensations)
        {
            if (row.Status.Phase is StepPhases.Pending or StepPhases.Waiting)
            {
                releasing.Release([row]);
            }

            if (!StepPhases.IsFinal(row.Status.Phase))
            {
                return;
            }
        }
    }

    private static bool IsDone(StepRow row) => row.Spec.Compensate is not null && DoneAt(row) is not null;

    private static MicroTime? DoneAt(StepRow row) => row.Status.Phase == StepPhases.Succeeded ? row.Status.FinishedAt : row.Status.Previous?.FinishedAt;

    /// <summary>The visit that is undone; null for the first.</summary>
    private static int? VisitOf(StepRow row) => (row.Status.Phase == StepPhases.Succeeded ? row.Status.Visit : row.Status.Previous!.Visit) is > 1 and var visit ? visit : null;

    /// <summary>The step that was undone says so.</summary>
    private void Note(StepRow undone)
    {
        StepRow step = Array.Find(run.Main, row => row.Spec.Name == undone.Spec.Name)!;
        if (undone.Status.Phase == StepPhases.Succeeded && step.Status.Phase == StepPhases.Succeeded)
        {
            step.Status = step.Status with { Phase = StepPhases.Compensated };
        }
    }

    private void Stop(string reason, string message)
    {
        foreach (StepRow row in run.Compensations)
        {
            row.Stop(reason, message, run.Now);
        }
    }
}
