using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Expressions;
using AgentOperator.Workflows.Locking;
using AgentOperator.Workflows.Permits;
using AgentOperator.Workflows.Targets;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Starts what may start, and writes off what never will.</summary>
internal sealed class Releasing(RunState run, Finishing finishing, ItemSteps items)
{
    /// <summary>How soon it is seen that the channel is open: nothing tells of it.</summary>
    private static readonly TimeSpan ChannelCheck = TimeSpan.FromSeconds(1);

    /// <summary>How soon it is seen that a Workflow which a step names is there: to tell all that wait of each new one would cost more.</summary>
    private static readonly TimeSpan WorkflowCheck = TimeSpan.FromSeconds(5);

    private readonly Waiting _waiting = new(run, finishing);
    private readonly Gating _gating = new(run, finishing);
    private readonly Memoizing _memoizing = new(run, finishing);

    /// <summary>Releases the rows of one part. What ends at once may free the next step, so it goes on until nothing moves.</summary>
    public void Release(IReadOnlyCollection<StepRow> rows)
    {
        Dictionary<string, StepRow> byName = rows.ToDictionary(static row => row.Spec.Name, StringComparer.Ordinal);
        bool hasMoved = true;
        while (hasMoved && !run.IsIncomplete)
        {
            hasMoved = false;
            foreach (StepRow row in rows)
            {
                if (row.Status.Phase is StepPhases.Pending or StepPhases.Waiting)
                {
                    int? visit = row.Status.Visit;
                    Release(row, byName);

                    // A way back leaves the step pending, and others that were passed by.
                    hasMoved |= row.Status.Phase is not (StepPhases.Pending or StepPhases.Waiting or StepPhases.Starting) || row.Status.Visit != visit;
                }
            }
        }
    }

    private void Release(StepRow row, Dictionary<string, StepRow> byName)
    {
        if (row.IsAtCheckpoint)
        {
            _waiting.AtCheckpoint(row);
        }
        else if (row.HasBegun || row.Status.Phase == StepPhases.Waiting || (AreNeedsMet(row, byName) && IsWanted(row)))
        {
            Begin(row);
        }
    }

    private static bool IsOpen(StepRow row) => !StepPhases.MeetsNeed(row.Status.Phase);

    private bool AreNeedsMet(StepRow row, Dictionary<string, StepRow> byName)
    {
        string[] open = [.. (row.Spec.Needs ?? []).Where(need => IsOpen(byName[need]))];
        if (Array.Find(open, need => StepPhases.IsFinal(byName[need].Status.Phase)) is { } missed)
        {
            row.Omit($"not started, because step {missed} did not succeed", run.Now);
            return false;
        }

        if (open.Length > 0)
        {
            row.Block(StepPhases.Pending, WaitingReasons.Dependency, $"needs {string.Join(", ", open)}");
            return false;
        }

        string? tail = row.Part != StepPart.Steps ? null
            : (row.Spec.Needs ?? []).SelectMany(need => run.Loops.TailsBetween(row.Spec.Name, need)).FirstOrDefault(name => !StepPhases.IsFinal(byName[name].Status.Phase));
        if (tail is not null)
        {
            row.Block(StepPhases.Pending, WaitingReasons.Dependency, $"needs the loop to be left that ends at {tail}");
        }

        return tail is null;
    }

    /// <summary>What <c>when</c> says; it is asked once, when all that the step needs has ended.</summary>
    private bool IsWanted(StepRow row)
    {
        if (row.Spec.When is not { } when)
        {
            return true;
        }

        CelExpression expression = CelExpression.Parse(when);
        Answer<bool> answer = run.Ask(row, expression, expression.IsTrue);
        if (answer is { IsKnown: true, Problem: { } problem })
        {
            row.Fail(StepReasons.ExpressionFailed, $"when: {problem}", run.Now);
        }
        else if (answer is { IsKnown: true, Value: false })
        {
            row.End(StepPhases.Skipped, null, $"skipped, because it is not so that {when}", run.Now);
        }

        return answer.Value;
    }

    private void Begin(StepRow row)
    {
        if (row.Spec.Wait is { } wait)
        {
            _waiting.Advance(row, wait);
        }
        else if (row.Spec.Approval is { } gate)
        {
            _gating.Advance(row, gate);
        }
        else if ((row.Status.ReusedFrom is null || !IsReused(row)) && (row.Spec.ForEach is null || items.Begin(row)))
        {
            Start(row);
        }
    }

    /// <summary>False when the step has to run after all.</summary>
    private bool IsReused(StepRow row)
    {
        Resolution now = TargetResolver.Resolve(run.Namespace, row.Spec, run.Seen.Surroundings);
        if (now.Waiting is not null)
        {
            row.Block(StepPhases.Waiting, now.Waiting, now.Message!);
            return true;
        }

        if (StepInputs.Of(row.Spec, run.DigestScopeOf(row), now.Target) != row.Status.Inputs)
        {
            row.Status = RunStart.Pending(row.Spec);
            return false;
        }

        row.Status = row.Status with { Message = $"the result of run {row.Status.ReusedFrom} was taken over" };
        finishing.Succeed(row);
        return true;
    }

    private void Start(StepRow row)
    {
        StepStatus step = row.Status;
        Resolution target = TargetResolver.Resolve(run.Namespace, row.Spec, run.Seen.Surroundings, step.Target);
        if (step.Waiting is { Reason: WaitingReasons.Backoff, Until: { } until } && until.Value > run.Now)
        {
            run.Wake(until.Value);
        }
        else if (run.IsPaused)
        {
            row.Block(StepPhases.Waiting, WaitingReasons.Paused, "spec.suspend is true");
        }
        else if (target.Waiting is { } missing)
        {
            row.Block(StepPhases.Waiting, missing, target.Message!);
            if (missing == WaitingReasons.Channel)
            {
                run.Wake(run.Now + ChannelCheck);
            }
            else if (row.Spec.Workflow is not null)
            {
                run.Wake(run.Now + WorkflowCheck);
            }
        }
        else if (_memoizing.IsSettled(row, target.Target))
        {
            // An earlier success stands for it, or its key has no value.
        }
        else if (LockedBy(row) is { } holder)
        {
            row.Block(StepPhases.Waiting, WaitingReasons.Lock, holder);
        }
        else if (run.Workflow.Spec.Parallelism is { } limit && run.Active >= limit)
        {
            row.Block(StepPhases.Waiting, WaitingReasons.Parallelism, $"spec.parallelism lets {limit} steps be under way at once");
        }
        else
        {
            Start(row, target.Target);
        }
    }

    private void Start(StepRow row, StepTarget? target)
    {
        StepStatus step = row.Status;
        int attempt = step.Attempt + 1;
        string job = AttemptName.Of(run.Workflow, run.Run, row.Id(attempt));
        string work = row.Spec is { ForEach: not null, Container: not null } ? UnderWay.NameOf(step) : job;
        // A Workflow's own steps take the room.
        if (row.Spec.Workflow is null && run.Seen.Permits.Take(new PermitRequest(run.Namespace, run.Workflow.Metadata.Name!, work, run.Workflow.Spec.Priority ?? 0)) is { } full)
        {
            row.Block(StepPhases.Waiting, WaitingReasons.Parallelism, full);
            return;
        }

        run.Active++;
        row.Status = step with
        {
            Phase = StepPhases.Starting,
            Attempt = attempt,
            Job = job,
            Waiting = null,
            StartedAt = step.StartedAt ?? new MicroTime(run.Now),
            Target = target,
            Inputs = step.Inputs ?? StepInputs.Of(row.Spec, run.DigestScopeOf(row), target),
        };
        if (row.Spec.ForEach is not null)
        {
            items.Start(row);
        }
    }

    /// <summary>Who holds a lock that the run or the step must have first; null when it has all.</summary>
    private string? LockedBy(StepRow row)
    {
        foreach (LockRequest request in run.LocksOfRun().Concat(run.LocksOf(row)))
        {
            LockAnswer answer = run.Seen.Locks.Look(run.Namespace, request);
            if (!answer.IsHeld)
            {
                return answer.Message ?? "the lock is not taken yet";
            }
        }

        return null;
    }
}
