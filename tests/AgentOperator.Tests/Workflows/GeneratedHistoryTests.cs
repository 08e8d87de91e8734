using AgentOperator.Api.Workflows;
using AgentOperator.Tests.Workflows.Simulation;
using AgentOperator.Workflows.Deciding;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.Tests.Workflows;

/// <summary>What holds in every life of a Workflow, whatever fails and wherever the operator dies.</summary>
public sealed class GeneratedHistoryTests
{
    [Fact]
    public void Every_history_ends_and_keeps_the_promises() => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static void Check(int seed)
    {
        History history = new(seed);
        history.Live();
        SimulatedCluster cluster = history.Cluster;
        WorkflowStatus end = cluster.Workflow.Status!;
        Dictionary<string, WorkflowStep> steps = cluster.Workflow.Spec.Steps.ToDictionary(static step => step.Name);

        // No attempt is started twice, and attempts of a step are numbered without a gap.
        cluster.Created.Select(static created => created.Start.Job).ShouldBeUnique();
        foreach (IGrouping<string, int> attempts in cluster.Created.GroupBy(static created => created.Start.Step.Name, static created => created.Start.Attempt))
        {
            attempts.ShouldBe(Enumerable.Range(1, attempts.Count()), $"attempts of {attempts.Key}, seed {seed}");
            attempts.Count().ShouldBeLessThanOrEqualTo((steps[attempts.Key].Retry?.Limit ?? 0) + 1, $"retries of {attempts.Key}, seed {seed}");
        }

        foreach ((AttemptStart start, WorkflowStatus at) in cluster.Created)
        {
            // Nothing starts before all that it needs has succeeded, nor before it is on record.
            Dictionary<string, StepStatus> then = at.Steps!.ToDictionary(static step => step.Name);
            (start.Step.Needs ?? []).ShouldAllBe(need => then[need].Phase == StepPhases.Succeeded, $"needs of {start.Step.Name}, seed {seed}");
            then[start.Step.Name].Job.ShouldBe(start.Job, $"record of {start.Step.Name}, seed {seed}");
        }

        // The end says what happened.
        end.Steps!.ShouldAllBe(static step => StepPhases.IsFinal(step.Phase));
        end.Attempts.ShouldBe(cluster.Created.Count, $"seed {seed}");
        end.Phase.ShouldBe(end.Steps!.All(static step => step.Phase == StepPhases.Succeeded) ? WorkflowPhases.Succeeded : WorkflowPhases.Failed, $"seed {seed}");
    }
}
