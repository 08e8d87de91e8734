using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Tooling;
using AgentOperator.Workflows.Triggers.Events;

namespace AgentOperator.EndToEnd.Triggers;

/// <summary>A schedule on the real clock: what it means is tested with a clock that can be told.</summary>
public sealed class ScheduleTests(ClusterFixture cluster)
{
    [Fact]
    public async Task A_minute_comes_and_runs_once_although_the_operator_is_killed_and_started_again()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        Workflow first;
        await using (OperatorProcess process = cluster.StartOperator(ns))
        {
            await ns.ApplyAsync(TriggerYaml.Definition("""{ name: minute, cron: "* * * * *", params: [{ name: said, value: "{{ event.time }}" }] }""", "concurrency: Allow"));
            await ns.UntilReadyAsync();
            first = await FirstAsync(ns);
            await process.KillAsync();
        }

        await using OperatorProcess next = cluster.StartOperator(ns);
        string id = first.Annotation(Labels.Event)!;
        Workflow run = await ns.UntilRunAsync(id, static run => WorkflowPhases.IsFinal(run.Status?.Phase));

        (run.Metadata.Uid, run.Status!.Phase, run.Status.Steps![0].Outputs!["said"].GetString()).ShouldBe((first.Metadata.Uid, WorkflowPhases.Succeeded, id), run.Status.Message);
        run.Metadata.CreationTimestamp!.Value.Value.ShouldBeGreaterThanOrEqualTo(EventName.TimeOf(id)!.Value);
        (await ns.RunsAsync()).Select(static one => one.Annotation(Labels.Event)).ShouldBeUnique();
    }

    /// <summary>A minute may just have passed.</summary>
    private static async Task<Workflow> FirstAsync(TestNamespace ns)
    {
        try
        {
            return await ns.UntilAsync<Workflow>(null, static workflow => workflow.Label(Labels.Trigger) == "minute", static _ => "no run");
        }
        catch (InvalidOperationException)
        {
            return await ns.UntilAsync<Workflow>(null, static workflow => workflow.Label(Labels.Trigger) == "minute", static _ => "no run");
        }
    }
}
