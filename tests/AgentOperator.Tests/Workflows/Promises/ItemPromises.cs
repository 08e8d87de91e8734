using AgentOperator.Api.Workflows;
using AgentOperator.Tests.Workflows.Simulation;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Items;

namespace AgentOperator.Tests.Workflows.Promises;

/// <summary>What holds of the items of every forEach.</summary>
internal static class ItemPromises
{
    /// <summary>Over a whole life: no item's work is done again once it has succeeded, unless its Job was deleted before anybody knew and the step may be done twice, or it began in the very moment in which it was given up for not beginning.</summary>
    public static void Life(SimulatedCluster cluster)
    {
        foreach (var item in cluster.ItemEnds.GroupBy(static end => (end.Results, end.Place)))
        {
            item.Select(static end => end.Attempt).ShouldBeUnique($"attempts of item {item.Key}");
            Promise.All(item.SkipLast(1), end => !end.HasSucceeded || end.IsIdempotent || IsGivenUp(cluster, end.Place, end.Attempt), $"item {item.Key} ran again after it had succeeded");
        }
    }

    /// <summary>The note of why an attempt ended is kept under its own number while the next one waits, and carried over to that one until something is to be said of it.</summary>
    private static bool IsGivenUp(SimulatedCluster cluster, int place, int attempt) => cluster.Written
        .SelectMany(static written => RunParts.All(written.To))
        .Where(static step => step.Items is not null)
        .SelectMany(static step => (step.Items!.Attempts ?? []).Select(note => (Note: note, step.Items.Running)))
        .Any(entry => entry.Note.Index == place
            && (entry.Note.Reason is StepReasons.NotStarted or StepReasons.ImagePull)
            && (entry.Note.Attempt == attempt || (entry.Note.Attempt == attempt + 1 && entry.Note.Until is null && IndexRanges.Parse(entry.Running).Contains(place))));

    /// <summary>A Job is about items that are left, is on record, and has room.</summary>
    public static void Creation(AttemptStart start, StepStatus step)
    {
        if (start.Step.ForEach is not { } each)
        {
            return;
        }

        IndexRanges running = IndexRanges.Parse(step.Items!.Running);
        IndexRanges about = start.Item is { } place ? IndexRanges.Of([place]) : IndexRanges.Parse(start.Items);
        about.Except(running).ShouldBeEmpty($"items of {start.Step.Name} that are not on record");
        about.Intersect(IndexRanges.Parse(step.Items.Failed)).ShouldBeEmpty($"items of {start.Step.Name} that have failed for good");
        if (start.Item is not null)
        {
            running.Count.ShouldBeLessThanOrEqualTo(each.Parallelism ?? step.Items.Total, $"items of {start.Step.Name} at once");
        }
    }

    /// <summary>Places lie apart and within the list; what has succeeded stays so.</summary>
    public static void Write(StepStatus? was, StepStatus step)
    {
        if (step.Items is not { } items)
        {
            return;
        }

        IndexRanges succeeded = IndexRanges.Parse(items.Succeeded);
        IndexRanges failed = IndexRanges.Parse(items.Failed);
        succeeded.Intersect(failed).ShouldBeEmpty($"items of {step.Name} that have failed and succeeded");
        succeeded.Union(failed).Union(IndexRanges.Parse(items.Running)).Except(IndexRanges.Below(items.Total)).ShouldBeEmpty($"items of {step.Name} beyond the list");
        if (was?.Items is { } before && before.Digest == items.Digest && was.Visit == step.Visit)
        {
            IndexRanges.Parse(before.Failed).Except(failed).ShouldBeEmpty($"items of {step.Name} had failed for good");
        }
    }

    /// <summary>The end of a step follows from those of its items, and its results are in their order.</summary>
    public static void End(WorkflowStep spec, StepStatus step)
    {
        if (step.Items is not { } items || spec.ForEach is not { } each || step.Reason == StepReasons.BadItems)
        {
            return;
        }

        int succeeded = IndexRanges.Parse(items.Succeeded).Count;
        int failed = IndexRanges.Parse(items.Failed).Count;
        int budget = each.MaxFailed ?? (each.Enough is { } wanted ? Math.Max(0, items.Total - wanted) : 0);
        bool isGood = succeeded >= each.Enough || (succeeded + failed == items.Total && failed <= budget && !(succeeded < each.Enough));
        if (step.Phase is StepPhases.Succeeded or StepPhases.Compensated)
        {
            isGood.ShouldBeTrue($"{step.Name} has succeeded with {succeeded} of {items.Total}, {failed} failed");
        }
        else if (step.Reason == StepReasons.ItemsFailed)
        {
            (failed > budget || items.Total - failed < each.Enough).ShouldBeTrue($"{step.Name} has failed although {failed} may");
        }

        if (step is { Phase: StepPhases.Succeeded, Outputs: { } outputs } && outputs.TryGetValue("value", out System.Text.Json.JsonElement list))
        {
            IndexRanges there = IndexRanges.Of(list.EnumerateArray().Index().Where(static entry => entry.Item.ValueKind != System.Text.Json.JsonValueKind.Null).Select(static entry => entry.Index));
            list.GetArrayLength().ShouldBe(items.Total);
            there.ToStatus().ShouldBe(items.Succeeded, $"results of {step.Name}");
        }
    }
}
