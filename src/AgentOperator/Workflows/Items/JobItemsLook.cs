using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Items;

/// <summary>Looks at the Jobs of items one after another, and notes in the book what became of each.</summary>
internal sealed class JobItemsLook(ItemsContext context, ItemsBook book)
{
    private readonly List<ItemResult> _keeps = [];

    public IReadOnlyList<ItemResult> Keeps => _keeps;

    /// <summary>The container of some item has started.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>What keeps the first item that is kept from starting.</summary>
    public StepWaiting? Waiting { get; private set; }

    /// <summary>An item has been running for a while, and it is not on record that its Job was seen: should the Job be gone later, it would be made again.</summary>
    public bool HasNews { get; private set; }

    public DateTimeOffset? WakeAt { get; private set; }

    /// <summary>True when what came through the channel must be read first.</summary>
    public bool WantsResults { get; private set; }

    public void At(int place)
    {
        int attempt = book.AttemptOf(place);
        string job = context.Names.Job(place, attempt);
        if (!context.Attempts.TryGetValue(job, out AttemptObservation? seen))
        {
            if (book.Started.Contains(place))
            {
                End(place, attempt, AttemptEnd.Lost(context.Step, $"Job {job} was deleted before its result was read"));
            }

            return;
        }

        bool isOnRecord = book.Started.Contains(place);
        book.Started = book.Started.Add(place);
        bool hasOutputs = context.Step.Outputs is { Count: > 0 };
        if (seen.State == AttemptState.Complete && hasOutputs && string.IsNullOrEmpty(seen.Pod?.TerminationMessage))
        {
            if (context.Evidence is not { Results: var results })
            {
                // It may have come through the channel.
                WantsResults = true;
                return;
            }

            seen = results.Of(place) is { } text ? seen with { Posted = new PostedResult(context.Names.Results, text) } : seen;
        }

        if (AttemptEnd.Of(context.Step, seen) is not { } end)
        {
            Progress(place, attempt, job, seen, isOnRecord);
            return;
        }

        if (end.Outputs is not null && seen.Posted is null)
        {
            _keeps.Add(new ItemResult(place, ItemOutputs.TextOf(end.Outputs)));
        }

        End(place, attempt, end);
    }

    private void Progress(int place, int attempt, string job, AttemptObservation seen, bool isOnRecord)
    {
        StepStatus single = new() { Name = context.Step.Name, Phase = StepPhases.Starting, Attempt = attempt, Job = job };
        (StepStatus next, DateTimeOffset? wakeAt) = AttemptProgress.Of(single, seen, context.Now);
        IsRunning |= next.Phase == StepPhases.Running;
        HasNews |= !isOnRecord && next.Phase == StepPhases.Running;

        // The first sight of what keeps it fixes the end of the patience.
        DateTimeOffset? until = next.Waiting?.Until is { } limit ? book.PatienceOf(place) ?? limit.Value : null;
        if (until <= context.Now)
        {
            End(place, attempt, AttemptEnd.NotStarted(next.Waiting!));
            return;
        }

        book.Wait(place, until);
        Waiting ??= next.Waiting is { } waiting ? waiting with { Until = until is { } at ? new MicroTime(at) : null } : null;
        Wake(until ?? wakeAt);
    }

    private void End(int place, int attempt, AttemptEnd end)
    {
        if (end.Phase == StepPhases.Succeeded)
        {
            book.Succeed(place);
        }
        else if (Retries.Delay(context.Retry, end, attempt, context.Names.Key(place, attempt)) is { } delay)
        {
            book.Retry(place, attempt, end, context.Now + delay);
        }
        else
        {
            book.GiveUp(place, attempt, end);
        }
    }

    private void Wake(DateTimeOffset? at) => WakeAt = at is null || WakeAt <= at ? WakeAt : at;
}
