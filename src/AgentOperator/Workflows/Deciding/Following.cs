using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Moves steps on by what is seen of their attempts.</summary>
internal sealed class Following(RunState run, Finishing finishing, ItemSteps items)
{
    public void Follow(StepRow row)
    {
        StepStatus step = row.Status;
        if (step.Items is not null)
        {
            items.Follow(row);
            return;
        }

        if (!run.Seen.Attempts.TryGetValue(step.Job!, out AttemptObservation? seen))
        {
            // Starting without a Job: it is about to be created. Running without one: somebody deleted it.
            if (step.Phase == StepPhases.Running)
            {
                End(row, AttemptEnd.Lost(row.Spec, $"the {(row.Spec.Workflow is null ? "Job" : "Workflow")} was deleted before its result was read"));
            }

            return;
        }

        if (AttemptEnd.Of(row.Spec, seen) is { } end)
        {
            End(row, OutputLimit.Within(end, seen.Posted, run.All.Sum(static other => StepResult.Bytes(other.Status.Outputs))), PostedResult.Usage(seen.Posted?.Text ?? seen.Pod?.TerminationMessage));
            return;
        }

        (StepStatus next, DateTimeOffset? wakeAt) = AttemptProgress.Of(step, seen, run.Now);
        row.Status = next;
        if (next.Waiting is { Until: { } limit } waiting && limit.Value <= run.Now)
        {
            End(row, AttemptEnd.NotStarted(waiting));
        }
        else if (wakeAt is { } at)
        {
            run.Wake(at);
        }
    }

    private void End(StepRow row, AttemptEnd end, StepUsage? usage = null)
    {
        StepStatus ended = row.Status with
        {
            Phase = end.Phase,
            Waiting = null,
            ExitCode = end.ExitCode,
            Reason = end.Reason,
            Message = end.Message,
            Outputs = end.Outputs,
            References = end.References,
            Usage = row.Spec.Container is null ? RunCost.Add(row.Status.Usage, usage) : null,
        };
        if (end.Phase == StepPhases.Succeeded)
        {
            row.Status = ended;
            finishing.Succeed(row);
            return;
        }

        RetryPolicy? policy = row.Spec.Retry ?? run.Status.RunSpec!.Defaults?.Retry;
        row.Status = Retries.Delay(policy, end, ended.Attempt, run.KeyOf(row)) is { } delay
            ? ended with { Phase = StepPhases.Waiting, Waiting = Retries.Waiting(ended.Attempt, end, run.Now + delay) }
            : ended with { FinishedAt = new MicroTime(run.Now) };
    }
}
