using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Workflows.Items;

/// <summary>Items of which an attempt is one Indexed Job: those of agent, prompt and tool steps.</summary>
internal static class IndexedItems
{
    /// <summary>How often status tells how far an attempt is: each time costs a write.</summary>
    private const int Tellings = 20;

    /// <summary>How soon pods that do not start are looked at again: nothing tells of them.</summary>
    private static readonly TimeSpan PodCheck = TimeSpan.FromSeconds(10);

    public static ItemsTurn Follow(ItemsContext context, StepStatus step)
    {
        ItemsBook book = new(step.Items!);
        if (!context.Attempts.TryGetValue(step.Job!, out AttemptObservation? seen))
        {
            // Starting without a Job: it is about to be created. Running without one: somebody deleted it.
            if (step.Phase != StepPhases.Running)
            {
                return new ItemsTurn(step, null, null, []);
            }

            seen = new AttemptObservation { State = AttemptState.Gone };
        }

        if (seen.State == AttemptState.Active)
        {
            (StepStatus next, DateTimeOffset? wakeAt) = AttemptProgress.Of(step, seen, context.Now);
            if (next.Waiting is not { Until: { } limit } || limit.Value > context.Now)
            {
                return Progress(context, book, next, seen, wakeAt);
            }

            seen = seen with { State = AttemptState.Failed, Pod = null };
            return End(context, step, book, seen, AttemptEnd.NotStarted(next.Waiting));
        }

        return End(context, step, book, seen, null);
    }

    private static ItemsTurn Progress(ItemsContext context, ItemsBook book, StepStatus step, AttemptObservation seen, DateTimeOffset? wakeAt)
    {
        IndexRanges done = book.Succeeded.Except(book.Running).Union(book.Running.At(seen.Indexed?.Completed ?? IndexRanges.Empty));
        if (Telling(done.Count, book.Total) != Telling(book.Succeeded.Count, book.Total))
        {
            book.Succeeded = done;
            step = step with { Items = book.ToStatus(isOver: false) };
        }

        DateTimeOffset? check = seen.Pod is { IsRunning: true } ? null : context.Now + PodCheck;
        return new ItemsTurn(step, null, wakeAt is null || check < wakeAt ? check ?? wakeAt : wakeAt, []);
    }

    private static int Telling(int done, int total) => (int)((long)done * Tellings / total);

    /// <param name="context">What is known.</param>
    /// <param name="step">The step.</param>
    /// <param name="book">Its items.</param>
    /// <param name="seen">The Job.</param>
    /// <param name="notStarted">How all that has not begun has ended, where the attempt is given up before its Job has ended.</param>
    private static ItemsTurn End(ItemsContext context, StepStatus step, ItemsBook book, AttemptObservation seen, AttemptEnd? notStarted)
    {
        if (context.Evidence is null)
        {
            return ItemsTurn.WithResults(step);
        }

        IndexedEnds ends = IndexedEnds.Of(context, book, seen, notStarted);
        book.Succeeded = book.Succeeded.Except(book.Running).Union(IndexRanges.Of(ends.Succeeded));
        List<(int Place, AttemptEnd End)> givenUp = [];
        TimeSpan delay = TimeSpan.Zero;
        AttemptEnd? last = null;
        foreach ((int place, AttemptEnd end) in ends.Failed)
        {
            if (Retries.Delay(context.Retry, end, step.Attempt, context.Names.Key(step.Attempt)) is { } wait)
            {
                delay = wait > delay ? wait : delay;
                last ??= end;
            }
            else
            {
                givenUp.Add((place, end));
            }
        }

        book.GiveUp(step.Attempt, givenUp);
        ItemsPolicy policy = ItemsPolicy.Of(context.Step.ForEach!, book.Total);
        ItemsVerdict verdict = policy.Judge(book.Succeeded.Count, book.Failed.Count);
        step = step with { Usage = RunCost.Add(context.Evidence.Results.Usage, ends.Usage) };
        return verdict == ItemsVerdict.Open
            ? new ItemsTurn(Again(context, step, book, ends, last, delay), null, null, ends.Keeps)
            : ItemsEnding.Of(context, step, book, verdict, policy, ends.Keeps);
    }

    /// <summary>The next attempt is about the items that are left.</summary>
    private static StepStatus Again(ItemsContext context, StepStatus step, ItemsBook book, IndexedEnds ends, AttemptEnd? last, TimeSpan delay)
    {
        book.Running = IndexRanges.Empty;
        string why = last is null ? "items are left to do" : string.Create(CultureInfo.InvariantCulture, $"{ends.Failed.Count} items failed ({last.Reason}: {last.Message})");
        return step with
        {
            Phase = StepPhases.Waiting,
            Reason = last?.Reason,
            Message = last?.Message,
            ExitCode = last?.ExitCode,
            Items = book.ToStatus(isOver: false),
            Waiting = new StepWaiting
            {
                Reason = WaitingReasons.Backoff,
                Until = new MicroTime(context.Now + delay),
                Message = Sentence.Limit(string.Create(CultureInfo.InvariantCulture, $"attempt {step.Attempt}: {why}; the next one is about {book.Left.Count}")),
            },
        };
    }
}
