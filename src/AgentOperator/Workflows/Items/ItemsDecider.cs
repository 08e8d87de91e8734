using System.Globalization;
using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Workflows.Items;

/// <summary>What becomes of a forEach step: pure, as all that decides. A container step has a Job for each item, every other one an Indexed Job for each attempt.</summary>
internal static class ItemsDecider
{
    /// <summary>The step's items when it is released, or how it ends at once.</summary>
    /// <param name="step">The step.</param>
    /// <param name="value">What forEach.items came to.</param>
    public static (ItemsStatus? Items, AttemptEnd? End) Begin(WorkflowStep step, JsonElement value)
    {
        (ItemList? list, string? problem) = ItemList.Of(step, value);
        if (list is null)
        {
            return (null, Refused(problem!));
        }

        ItemsStatus items = new() { Total = list.Count, Digest = list.Digest };
        return ItemsPolicy.Of(step.ForEach!, list.Count).Judge(0, 0) switch
        {
            ItemsVerdict.Failed => (items, Refused(string.Create(CultureInfo.InvariantCulture, $"forEach.items has {list.Count} items, and {step.ForEach!.Enough} are to succeed (forEach.enough)"))),
            ItemsVerdict.Succeeded => (items, new AttemptEnd { Phase = StepPhases.Succeeded, Outputs = ItemOutputs.Lists(ItemOutputs.NamesOf(step), 0, IndexRanges.Empty, static _ => null), Message = "there were no items" }),
            _ => (items, null),
        };
    }

    /// <summary>The first attempt of a step, or the next one of a step with an Indexed Job, begins: the caller counts it and names its Job.</summary>
    public static StepStatus Start(ItemsContext context, StepStatus step)
    {
        ItemsBook book = new(step.Items!);
        if (context.Step.Container is null)
        {
            book.Running = book.Left;
            return step with { Items = book.ToStatus(isOver: false) };
        }

        JobItems.Release(context, book, ItemsPolicy.Of(context.Step.ForEach!, book.Total));
        return step with { Job = null, Attempt = book.MaxAttempt, Items = book.ToStatus(isOver: false) };
    }

    /// <summary>Looks at a step that is Starting or Running.</summary>
    public static ItemsTurn Follow(ItemsContext context, StepStatus step) => context.Step.Container is null ? IndexedItems.Follow(context, step) : JobItems.Follow(context, step);

    /// <summary>Jobs of items that are on record and not seen yet; of an Indexed Job the engine itself takes care.</summary>
    public static IEnumerable<AttemptStart> Starts(ItemsContext context, StepStatus step)
    {
        if (context.Step.Container is null || step.Items is not { } items || !StepPhases.IsActive(step.Phase))
        {
            yield break;
        }

        ItemsBook book = new(items);
        foreach (int place in book.Running.Except(book.Started))
        {
            int attempt = book.AttemptOf(place);
            string job = context.Names.Job(place, attempt);
            if (!context.Attempts.ContainsKey(job))
            {
                yield return new AttemptStart(context.Step, attempt, job) { Part = context.Names.Step.Part, Visit = context.Names.Step.Visit, Item = place };
            }
        }
    }

    /// <summary>Attempts of items that have a Job each and are under way.</summary>
    public static IEnumerable<CurrentItem> Current(ItemNames names, ItemsStatus items)
    {
        ItemsBook book = new(items);
        return book.Running.Select(place => new CurrentItem(place, book.AttemptOf(place), names.Job(place, book.AttemptOf(place)), book.Started.Contains(place)));
    }

    private static AttemptEnd Refused(string problem) => new() { Phase = StepPhases.Failed, Reason = StepReasons.BadItems, Message = problem, MayRetry = false };
}
