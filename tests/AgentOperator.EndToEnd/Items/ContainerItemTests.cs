using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.EndToEnd.Agents;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Items;

/// <summary>Container steps with forEach: a Job for each item.</summary>
public sealed class ContainerItemTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Failed_items_are_tried_again_alone_and_the_results_come_in_order()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(ScriptedYaml.Workflow("""
            - name: each
              forEach: { items: "['a', 'b', 'c', 'd $(HOME)', 'bad']", parallelism: 2, maxFailed: 1 }
              retry: { limit: 1 }
              container:
                image: agent-operator/samples:0.1
                command: [sh, -c, 'test "$1" != c || test "$AGENTOPERATOR_ATTEMPT" -gt 1 || { printf later > /dev/termination-log; exit 3; }; test "$1" != bad || { printf "no good" > /dev/termination-log; exit 4; }; printf "{\"said\": \"%s\", \"place\": %d}" "$AGENTOPERATOR_ITEM" "$2" > /dev/termination-log', sh]
                args: ["{{ item }}", "{{ index }}"]
              outputs: [{ name: said }, { name: place, type: integer }]
            - name: reduce
              needs: [each]
              container: { image: "agent-operator/samples:0.1", command: [sh, -c, 'test "$1" = "[\"a\",\"b\",\"c\",\"d \$(HOME)\",null]" && test "$2" = 6', sh, "{{ steps.each.outputs.said }}", "{{ steps.each.outputs.place[1] + steps.each.outputs.place[2] + steps.each.outputs.place[3] }}"] }
            """));

        Workflow ended = await ns.UntilEndedAsync("w");

        StepStatus each = ended.Status!.Steps![0];
        ended.Status.Phase.ShouldBe(WorkflowPhases.Succeeded, $"{each.Message} {ended.Status.Message} {each.Outputs?["said"]}");
        (each.Items!.Total, each.Items.Succeeded, each.Items.Failed, each.Items.Running).ShouldBe((5, "0-3", "4", null));
        each.Message.ShouldBe("1 of 5 items failed: item 4: exit code 4: no good");
        each.Outputs!["place"].ToString().ShouldBe("[0,1,2,3,null]");
        (await JobsAsync(ns, "each")).ShouldBe(["0/1", "1/1", "2/1", "2/2", "3/1", "4/1", "4/2"]);
    }

    [Fact]
    public async Task As_soon_as_enough_items_have_succeeded_the_rest_is_stopped()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(ScriptedYaml.Workflow("""
            - name: race
              forEach: { items: "[300, 0, 1, 300, 0]", enough: 2, parallelism: 3 }
              container: { image: "agent-operator/samples:0.1", command: [sh, -c, 'sleep "$0"; printf "{\"place\": %d}" "$AGENTOPERATOR_INDEX" > /dev/termination-log', "{{ item }}"] }
              outputs: [{ name: place, type: integer }]
            """));

        Workflow ended = await ns.UntilEndedAsync("w");

        StepStatus race = ended.Status!.Steps![0];
        ended.Status.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        race.Outputs!["place"].EnumerateArray().Count(static place => place.ValueKind == System.Text.Json.JsonValueKind.Number).ShouldBeGreaterThanOrEqualTo(2);
        race.Message!.ShouldEndWith("items have succeeded, which is enough; the rest was stopped");
        foreach (Job slow in (await ns.Client.Resource<Job>(ns.Name).ListAsync(new ListOptions { LabelSelector = $"{Labels.Item}=0" }, TestContext.Current.CancellationToken)).Items)
        {
            await ns.UntilGoneAsync<Job>(slow.Metadata.Name!);
        }
    }

    [Fact]
    public async Task One_failure_more_than_may_be_ends_the_step_and_what_is_under_way()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(ScriptedYaml.Workflow("""
            - name: each
              forEach: { items: "['slow', 'bad', 'worse', 'never']", parallelism: 3, maxFailed: 1 }
              container: { image: "agent-operator/samples:0.1", command: [sh, -c, 'test "$0" != slow || exec sleep 300; exit 7', "{{ item }}"] }
            - { name: after, needs: [each], container: { image: "agent-operator/samples:0.1", command: ["true"] } }
            """));

        Workflow ended = await ns.UntilEndedAsync("w");

        StepStatus each = ended.Status!.Steps![0];
        (ended.Status.Phase, each.Phase, each.Reason, ended.Status.Steps[1].Phase).ShouldBe((WorkflowPhases.Failed, StepPhases.Failed, "ItemsFailed", StepPhases.Omitted));
        each.Message.ShouldBe("2 of 4 items failed, more than the 1 that may (forEach.maxFailed): item 1: exit code 7; item 2: exit code 7");
    }

    [Fact]
    public async Task A_list_from_a_step_before_may_be_empty_and_must_be_a_list_that_can_be_worked_on()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        const string Make = """
            - name: make
              container: { image: "agent-operator/samples:0.1", command: [sh, -c, 'printf "%s" "{\"list\": $0}" > /dev/termination-log', 'LIST'] }
              outputs: [{ name: list, type: array }]
            - name: each
              needs: [make]
              forEach: { items: "steps.make.outputs.list", enough: ENOUGH }
              container: { image: "agent-operator/samples:0.1", command: ["true"] }
              outputs: [{ name: x }]
            """;
        await ns.ApplyAsync(ScriptedYaml.Workflow(Make.Replace("LIST", "[]", StringComparison.Ordinal).Replace(", enough: ENOUGH", "", StringComparison.Ordinal), name: "empty"));
        await ns.ApplyAsync(ScriptedYaml.Workflow(Make.Replace("LIST", "[1, 2]", StringComparison.Ordinal).Replace("ENOUGH", "3", StringComparison.Ordinal), name: "few"));
        await ns.ApplyAsync(ScriptedYaml.Workflow("""
            - { name: each, forEach: { items: "[1,2,3,4,5,6,7,8,9,10].map(i, [1,2,3,4,5,6,7,8,9,10]).map(l, l.map(i, [1,2,3,4,5,6])).map(l, l[0] + l[1] + l[2] + l[3] + l[4] + l[5] + l[6] + l[7] + l[8] + l[9]).map(l, l)[0] + 'x'" }, container: { image: "agent-operator/samples:0.1" } }
            """, name: "wrong"));

        Workflow empty = await ns.UntilEndedAsync("empty");
        Workflow few = await ns.UntilEndedAsync("few");
        Workflow wrong = await ns.UntilAsync("wrong", static workflow => workflow.Status?.Message is not null && (workflow.Status.Waiting is not null || WorkflowPhases.IsFinal(workflow.Status.Phase)));

        (empty.Status!.Phase, empty.Status.Steps![1].Outputs!["x"].ToString(), empty.Status.Steps[1].Message).ShouldBe((WorkflowPhases.Succeeded, "[]", "there were no items"));
        few.Status!.Steps![1].Message.ShouldBe("forEach.items has 2 items, and 3 are to succeed (forEach.enough)");
        wrong.Status!.Message!.ShouldContain("forEach.items");
    }

    /// <summary>Item and attempt of each Job of a step.</summary>
    private static async Task<IEnumerable<string>> JobsAsync(TestNamespace ns, string step) =>
        (await ns.Client.Resource<Job>(ns.Name).ListAsync(new ListOptions { LabelSelector = $"{Labels.Step}={step}" }, TestContext.Current.CancellationToken)).Items
            .Select(static job => $"{job.Label(Labels.Item)}/{job.Label(Labels.Attempt)}")
            .Order(StringComparer.Ordinal);
}
