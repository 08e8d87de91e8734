using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Items;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.Tests.Workflows.Items;

/// <summary>What holds in every life of a forEach step.</summary>
public sealed class ItemHistoryTests
{
    [Fact]
    public void Every_item_is_done_once_or_failed_for_good_whatever_happens() => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private static void Check(int seed)
    {
        try
        {
            ItemHistory history = new(seed);
            history.Live();
            if (history.Status.Items is { } items)
            {
                Items(history, items);
                Ending(history, items);
            }
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"seed {seed}: {error.Message}", error);
        }
    }

    private static void Items(ItemHistory history, ItemsStatus items)
    {
        IndexRanges succeeded = IndexRanges.Parse(items.Succeeded);
        IndexRanges failed = IndexRanges.Parse(items.Failed);
        int limit = history.Step.Retry?.Limit ?? 0;

        succeeded.Intersect(failed).ShouldBeEmpty();
        items.Running.ShouldBeNull();
        history.MostAtOnce.ShouldBeLessThanOrEqualTo(history.Step.ForEach!.Parallelism ?? history.Total);
        foreach ((int place, List<Execution> executions) in history.Executions)
        {
            executions.Select(static execution => execution.Attempt).ShouldBeUnique($"attempts of item {place}");
            executions.Take(executions.Count - 1).Count(static execution => execution.HasSucceeded).ShouldBe(0, $"item {place} ran again after it had succeeded");
            executions.Count.ShouldBeLessThanOrEqualTo(limit + 1, $"attempts of item {place}");
        }

        succeeded.ShouldAllBe(place => history.Executions[place].Any(static execution => execution.HasSucceeded));
        if (history.Step.Container is null)
        {
            // Whatever became of the pod: what was brought counts.
            failed.ShouldAllBe(place => !history.Executions.ContainsKey(place) || history.Executions[place].All(static execution => !execution.HasSucceeded));
        }
    }

    private static void Ending(ItemHistory history, ItemsStatus items)
    {
        IndexRanges succeeded = IndexRanges.Parse(items.Succeeded);
        IndexRanges failed = IndexRanges.Parse(items.Failed);
        ForEach forEach = history.Step.ForEach!;
        int budget = forEach.MaxFailed ?? (forEach.Enough is { } wanted ? history.Total - wanted : 0);
        if (history.End!.Phase == StepPhases.Succeeded)
        {
            (succeeded.Count >= forEach.Enough || (succeeded.Count + failed.Count == history.Total && failed.Count <= budget)).ShouldBeTrue("too few have succeeded");
            Outputs(history, succeeded);
        }
        else
        {
            (failed.Count > budget || history.Total - failed.Count < forEach.Enough).ShouldBeTrue($"failed although {failed.Count} may fail");
            history.End.Message.ShouldNotBeNull();
            history.End.MayRetry.ShouldBeFalse();
        }
    }

    private static void Outputs(ItemHistory history, IndexRanges succeeded)
    {
        if (history.Step.Outputs is null)
        {
            return;
        }

        int?[] expected = [.. Enumerable.Range(0, history.Total).Select(place => succeeded.Contains(place) ? place : (int?)null)];
        JsonElement.DeepEquals(history.End!.Outputs!["x"], JsonSerializer.SerializeToElement(expected)).ShouldBeTrue(history.End.Outputs["x"].GetRawText());
    }
}
