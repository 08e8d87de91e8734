using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Kube.Models;
using AgentOperator.Tests.Workflows.Triggers.Simulation;
using AgentOperator.Workflows.Triggers.Children;
using AgentOperator.Workflows.Triggers.Events;
using AgentOperator.Workflows.Triggers.Schedules;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.Tests.Workflows.Triggers;

/// <summary>What holds in every life of a definition, whatever comes twice, whoever meddles and wherever the operator dies.</summary>
public sealed class DefinitionHistoryTests
{
    [Fact]
    public void No_event_runs_twice_and_none_is_lost() => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(800));

    private static void Check(int seed)
    {
        try
        {
            DefinitionHistory history = new(seed);
            history.Live();
            Once(history.Cluster);
            Overlaps(history.Cluster);
            Events(history.Cluster);
            Times(history);
            End(history.Cluster);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"seed {seed}: {error.Message}", error);
        }
    }

    private static void Once(DefinitionCluster cluster)
    {
        cluster.Created.Select(static created => created.Child.Metadata.Name).ShouldBeUnique();
        cluster.Created.Select(static created => (created.Child.Label(Labels.Trigger), created.Child.Annotation(Labels.Event))).ShouldBeUnique();
        foreach ((Workflow child, WorkflowStatus status, _) in cluster.Created)
        {
            status.Children!.ShouldContain(run => run.Name == child.Metadata.Name, "a Workflow that was not on record");
        }
    }

    /// <summary>Unless the policy allows it, a run is decided on only when none is under way; and none is deleted before its end.</summary>
    private static void Overlaps(DefinitionCluster cluster)
    {
        cluster.Overlaps.ShouldBeEmpty("beside another");
        cluster.Torn.ShouldBeEmpty("deleted while under way");
    }

    private static void Events(DefinitionCluster cluster)
    {
        foreach (((string trigger, string id), string? outcome) in cluster.Accepted)
        {
            outcome.ShouldNotBeNull($"{trigger} {id} was accepted, and nothing came of it");
            bool ran = cluster.Created.Exists(created => created.Child.Annotation(Labels.Event) == id);
            ran.ShouldBe(outcome.StartsWith(EventOutcomes.Started, StringComparison.Ordinal), $"{trigger} {id}: {outcome}");
        }
    }

    /// <summary>Where each time is made up for and nothing is let go, each time has run.</summary>
    private static void Times(DefinitionHistory history)
    {
        WorkflowSpec spec = history.Cluster.View(int.MaxValue).Definition.Spec;
        WorkflowTrigger clock = spec.Triggers![0];
        CronSchedule schedule = CronSchedule.Parse(clock.Cron!);
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(clock.TimeZone!);
        foreach ((Workflow child, _, DateTimeOffset at) in history.Cluster.Created.Where(static created => created.Child.Label(Labels.Trigger) == "clock"))
        {
            DateTimeOffset time = EventName.TimeOf(child.Annotation(Labels.Event)!)!.Value;
            schedule.Next(time.AddSeconds(-1), zone).ShouldBe(time, "a time that is not on the schedule");
            time.ShouldBeLessThanOrEqualTo(at);
        }

        if (history.WasChanged || clock.MissedRuns != MissedRunPolicies.All || clock.StartingDeadline is not null || spec.Concurrency != ConcurrencyPolicies.Allow)
        {
            return;
        }

        HashSet<string> ran = [.. history.Cluster.Created.Where(static created => created.Child.Label(Labels.Trigger) == "clock").Select(static created => created.Child.Annotation(Labels.Event)!)];
        DateTimeOffset seen = history.Cluster.Created.Where(static created => created.Child.Label(Labels.Trigger) == "clock").Select(static created => EventName.TimeOf(created.Child.Annotation(Labels.Event)!)!.Value).DefaultIfEmpty(history.Start).Max();
        for (DateTimeOffset? time = schedule.Next(history.Start, zone); time <= seen; time = schedule.Next(time.Value, zone))
        {
            ran.ShouldContain(EventName.Id(time.Value));
        }
    }

    private static void End(DefinitionCluster cluster)
    {
        WorkflowStatus status = cluster.Definition.Status!;
        status.Children.ShouldBeNull();
        status.ObservedGeneration.ShouldBe(cluster.Definition.Metadata.Generation);
        cluster.Children.Values.Count(ChildWorkflow.IsOver).ShouldBeLessThanOrEqualTo(cluster.Definition.Spec.HistoryLimit ?? 10);
        cluster.Deliveries.Values.ShouldAllBe(static delivery => delivery.IsHandled && delivery.Data == null);
    }
}
