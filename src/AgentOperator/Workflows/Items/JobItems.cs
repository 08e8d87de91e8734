using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Items;

/// <summary>Items that have a Job each: those of a container step.</summary>
internal static class JobItems
{
    public static ItemsTurn Follow(ItemsContext context, StepStatus step)
    {
        ItemsBook book = new(step.Items!);
        ItemsPolicy policy = ItemsPolicy.Of(context.Step.ForEach!, book.Total);
        JobItemsLook look = new(context, book);
        foreach (int place in book.Running)
        {
            look.At(place);
        }

        if (look.WantsResults)
        {
            return ItemsTurn.WithResults(step);
        }

        ItemsVerdict verdict = policy.Judge(book.Succeeded.Count, book.Failed.Count);
        if (verdict != ItemsVerdict.Open)
        {
            return ItemsEnding.Of(context, step, book, verdict, policy, look.Keeps);
        }

        Release(context, book, policy);
        DateTimeOffset? wakeAt = look.WakeAt;
        DateTimeOffset? retryAt = book.Due.Select(static due => (DateTimeOffset?)due.At).Min();
        if (retryAt > context.Now && (wakeAt is null || retryAt < wakeAt))
        {
            wakeAt = retryAt;
        }

        bool isRunning = look.IsRunning || step.Phase == StepPhases.Running;
        StepStatus next = step with
        {
            Phase = isRunning ? StepPhases.Running : StepPhases.Starting,
            Attempt = book.MaxAttempt,
            Waiting = WaitingOf(context, book, look, retryAt),
            Items = book.ToStatus(isOver: false),
        };

        // That a Job was just seen is worth no write of its own.
        bool isSame = !look.HasNews && next.Phase == step.Phase && Equals(next.Waiting, step.Waiting) && ItemsText.Of(next.Items! with { Started = null }) == ItemsText.Of(step.Items! with { Started = null });
        return new ItemsTurn(isSame ? step : next, null, wakeAt, look.Keeps);
    }

    /// <summary>Puts under way what may be: retries that are due first, then items in their order.</summary>
    public static void Release(ItemsContext context, ItemsBook book, ItemsPolicy policy)
    {
        if (!context.MayStart)
        {
            return;
        }

        int room = policy.Parallelism - book.Running.Count;
        int[] due = [.. book.Due.Where(due => due.At <= context.Now).Select(static due => due.Place).Take(Math.Max(0, room))];
        IndexRanges fresh = book.Left.Except(book.Running).Except(IndexRanges.Of(book.Due.Select(static due => due.Place)));
        foreach (int place in due.Concat(fresh.Take(Math.Max(0, room - due.Length))).ToArray())
        {
            book.Start(place);
        }
    }

    private static StepWaiting? WaitingOf(ItemsContext context, ItemsBook book, JobItemsLook look, DateTimeOffset? retryAt) => book switch
    {
        { Running.IsEmpty: false } => look.IsRunning ? null : look.Waiting,
        _ when !context.MayStart => new StepWaiting { Reason = WaitingReasons.Paused, Message = "spec.suspend is true" },
        _ when retryAt is { } at => new StepWaiting { Reason = WaitingReasons.Backoff, Until = new MicroTime(at), Message = "items that failed are tried again" },
        _ => null,
    };
}
