using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Workflows.Items;

/// <summary>The end of a forEach step.</summary>
internal static class ItemsEnding
{
    public static ItemsTurn Of(ItemsContext context, StepStatus step, ItemsBook book, ItemsVerdict verdict, ItemsPolicy policy, IReadOnlyList<ItemResult> keeps)
    {
        bool wantsOutputs = verdict == ItemsVerdict.Succeeded && context.Step.Outputs is { Count: > 0 };
        if (wantsOutputs && context.Evidence is null)
        {
            return ItemsTurn.WithResults(step);
        }

        StepStatus ended = step with { Waiting = null, Items = book.ToStatus(isOver: true) };
        if (verdict == ItemsVerdict.Failed)
        {
            string phase = book.IsErrored() ? StepPhases.Errored : StepPhases.Failed;
            return new ItemsTurn(ended, new AttemptEnd { Phase = phase, Reason = StepReasons.ItemsFailed, Message = Sentence.Limit(FailureOf(book, policy)), MayRetry = false }, null, keeps);
        }

        AttemptEnd end = new() { Phase = StepPhases.Succeeded, Message = SuccessOf(book, policy) is { } message ? Sentence.Limit(message) : null };
        return new ItemsTurn(ended, wantsOutputs ? ItemOutputs.Add(context, book, end, keeps) : end, null, keeps);
    }

    private static string FailureOf(ItemsBook book, ItemsPolicy policy)
    {
        string allowed = policy.Enough is { } enough && policy.Total - book.Failed.Count < enough
            ? string.Create(CultureInfo.InvariantCulture, $"and {enough} are to succeed (forEach.enough)")
            : string.Create(CultureInfo.InvariantCulture, $"more than the {policy.Budget} that may (forEach.maxFailed)");
        return string.Create(CultureInfo.InvariantCulture, $"{book.Failed.Count} of {policy.Total} items failed, {allowed}: {book.Tell()}");
    }

    private static string? SuccessOf(ItemsBook book, ItemsPolicy policy)
    {
        string? failed = book.Failed.IsEmpty ? null : string.Create(CultureInfo.InvariantCulture, $"{book.Failed.Count} of {policy.Total} items failed: {book.Tell()}");
        bool isEarly = book.Succeeded.Count + book.Failed.Count < policy.Total;
        string? early = isEarly ? string.Create(CultureInfo.InvariantCulture, $"{book.Succeeded.Count} of {policy.Total} items have succeeded, which is enough; the rest was stopped") : null;
        return early is null || failed is null ? early ?? failed : $"{early}. {failed}";
    }
}
