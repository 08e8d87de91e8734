using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Items;

/// <summary>Numbers of an attempt's Indexed Job.</summary>
/// <param name="Completions">Items that it is about.</param>
/// <param name="Parallelism">Most pods at once.</param>
/// <param name="MaxFailedIndexes">Failures after which the rest is in vain; null while each may be tried again, or all may fail.</param>
/// <param name="SucceededCount">Successes that are enough; null for all of them.</param>
internal sealed record IndexedShape(int Completions, int Parallelism, int? MaxFailedIndexes, int? SucceededCount)
{
    public static IndexedShape Of(ForEach forEach, RetryPolicy? retry, StepStatus step)
    {
        ItemsBook book = new(step.Items!);
        ItemsPolicy policy = ItemsPolicy.Of(forEach, book.Total);
        int completions = book.Running.Count;
        int budget = policy.Budget - book.Failed.Count;
        bool isLast = step.Attempt > (retry?.Limit ?? 0);
        int? wanted = policy.Enough - book.Succeeded.Except(book.Running).Count;
        return new IndexedShape(completions, Math.Min(policy.Parallelism, completions), isLast && budget < completions ? budget : null, wanted < completions ? wanted : null);
    }
}
