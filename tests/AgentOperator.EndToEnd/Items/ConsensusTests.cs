using AgentOperator.Api.Workflows;
using AgentOperator.EndToEnd.Agents;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Items;

/// <summary>Deployed Agents that vote.</summary>
[Trait("Cluster", "local")]
public sealed class ConsensusTests(ClusterFixture cluster)
{
    private const string Object = "output: { type: object }";

    [Fact]
    public async Task A_majority_of_agents_decides_and_votes_that_do_not_agree_fail_the_step()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperatorWithChannel(ns);
        await ns.ApplyAsync(ScriptedYaml.Scripts(
            ("strict", "[{ when: { matches: '(?s).*' }, answer: { json: { verdict: reject, why: tests } } }]"),
            ("kind", "[{ when: { matches: '(?s).*' }, answer: { json: { verdict: accept, why: fine } } }]"),
            ("late", "[{ when: { matches: '(?s).*' }, answer: { json: { verdict: reject, why: style } } }]")));
        await ns.ApplyAsync(ScriptedYaml.Workflow("""
            - name: ask
              consensus: { agents: [{ name: strict }, { name: kind }, { name: late }], input: { change: 7 }, vote: verdict }
              outputs: [{ name: decision }, { name: agreed, type: integer }, { name: votes, type: array }, { name: answer, type: object }]
            - name: weigh
              needs: [ask]
              consensus: { agents: [{ name: strict }, { name: kind, weight: 2 }, { name: late }], input: { decision: "{{ steps.ask.outputs.decision }}" }, vote: verdict }
            """));
        await ns.ApplyAsync(ScriptedYaml.Agent("strict", schema: Object));
        await ns.ApplyAsync(ScriptedYaml.Agent("kind", schema: Object));
        (await ns.UntilAsync("w", static workflow => workflow.Status?.Steps?[0].Waiting?.Message?.Contains("late", StringComparison.Ordinal) == true)).Status!.Steps![0].Waiting!.Reason.ShouldBe(WaitingReasons.Reference);
        await ns.ApplyAsync(ScriptedYaml.Agent("late", schema: Object));

        Workflow ended = await ns.UntilEndedSlowlyAsync("w");

        StepStatus ask = ended.Status!.Steps![0];
        ask.Phase.ShouldBe(StepPhases.Succeeded, ask.Message);
        (ask.Outputs!["decision"].GetString(), ask.Outputs["agreed"].GetInt32(), ask.Outputs["votes"].GetArrayLength()).ShouldBe(("reject", 2, 3));
        ask.Outputs["answer"].GetProperty("why").GetString().ShouldBe("tests");
        ask.Usage!.Requests.ShouldBe(3);
        ask.Target!.Voters!.Select(static voter => voter.Agent).ShouldBe(["strict", "kind", "late"]);
        StepStatus weigh = ended.Status.Steps[1];
        (weigh.Phase, weigh.Reason).ShouldBe((StepPhases.Failed, "NoConsensus"));
        weigh.Message.ShouldBe("no vote has more than half of 4 votes (Majority): \"reject\" has 2 (strict, late); \"accept\" has 2 (kind)");
        (await RestrictedPods.ViolationsAsync(ns)).ShouldBeEmpty();
    }
}
