using System.Security.Cryptography;
using System.Text;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>What users see when steps succeed, fail, hang or vanish.</summary>
public sealed class WorkflowRunTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Values_pass_through_unharmed_whatever_they_contain()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        const string Text = """it's $(HOME) $(AGENTOPERATOR_STEP) $$ ${HOME} $HOME `id` "quoted" \ %s {{ params.text }} }} ü 🎉""";
        await ns.ApplyAsync(Yaml($"  params: [{{ name: text, value: '{Text.Replace("'", "''", StringComparison.Ordinal)}' }}]", """
              - name: echo
                container:
                  image: agent-operator/samples:0.1
                  command:
                    - sh
                    - -euc
                    - |
                      test "$1" = "$TEXT"
                      printf '{"digest": "%s", "party": "🎉"}' "$(printf %s "$1" | sha256sum | cut -d' ' -f1)" > /dev/termination-log
                    - echo
                  args: ["{{ params.text }}"]
                  env: [{ name: TEXT, value: "{{ params.text }}" }]
                outputs: [{ name: digest }, { name: party }]
            """));

        Workflow ended = await ns.UntilEndedAsync("w");
        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        ended.Status.Steps![0].Outputs!["digest"].GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text))));
    }

    [Fact]
    public async Task A_failing_step_says_its_exit_code_and_its_last_words()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml("", """
              - name: fails
                container: { image: "agent-operator/samples:0.1", command: [sh, -c, "echo no space left 🎉 > /dev/termination-log; exit 7"] }
              - name: never
                needs: [fails]
                container: { image: "agent-operator/samples:0.1", command: ["true"] }
            """));

        Workflow ended = await ns.UntilEndedAsync("w");
        ended.Status!.Phase.ShouldBe(WorkflowPhases.Failed);
        ended.Status.Message.ShouldBe("step fails failed (NonZeroExit): exit code 7: no space left 🎉");
        ended.Status.Steps![1].Phase.ShouldBe(StepPhases.Omitted);
        ended.Status.Conditions!.ShouldContain(condition => condition.Type == ConditionTypes.Stalled && condition.Status == ConditionStatus.True);
    }

    [Fact]
    public async Task A_step_that_hangs_is_ended_by_its_timeout()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml("", """
              - name: hangs
                timeout: 1s
                container: { image: "agent-operator/samples:0.1", command: [sleep, infinity] }
            """));

        Workflow ended = await ns.UntilEndedAsync("w");
        ended.Status!.Steps![0].Reason.ShouldBe("DeadlineExceeded");
    }

    [Fact]
    public async Task An_unknown_image_is_shown_while_it_waits()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml("", """
              - name: pull
                container: { image: "registry.example.com/nowhere:1", command: ["true"] }
            """));

        Workflow waiting = await ns.UntilAsync("w", static candidate => candidate.Status?.Waiting is not null);
        waiting.Status!.Waiting.ShouldBe("ImagePull: pull");
        waiting.Status.Steps![0].Waiting!.Message.ShouldNotBeNull().ShouldContain("registry.example.com/nowhere:1");
        waiting.Status.Steps[0].Waiting!.Until.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_cycle_stalls_before_any_job_starts()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml("", """
              - { name: a, needs: [b], container: { image: x } }
              - { name: b, needs: [a], container: { image: x } }
            """));

        Workflow stalled = await ns.UntilAsync("w", static candidate => candidate.Status?.Conditions?.Any(static condition => condition.Type == ConditionTypes.Stalled) == true);
        stalled.Status!.Phase.ShouldBe(WorkflowPhases.Pending);
        stalled.Status.Message.ShouldNotBeNull().ShouldContain("a → b → a");
        (await ns.Client.Resource<Job>(ns.Name).ListAsync(new ListOptions(), TestContext.Current.CancellationToken)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_changed_spec_is_a_new_run_and_an_equal_one_is_not()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        string steps = """
              - name: a
                container: { image: "agent-operator/samples:0.1", command: ["true"] }
            """;
        await ns.ApplyAsync(Yaml("", steps));
        Workflow first = await ns.UntilEndedAsync("w");
        first.Status!.Run.ShouldBe(1);

        // The same, written differently.
        await ns.ApplyAsync(Yaml("", """
              - container: { command: ['true'], image: agent-operator/samples:0.1 }
                name: "a"
            """));
        await ns.ApplyAsync(Yaml("  runToken: again\n", steps));
        Workflow second = await ns.UntilAsync("w", static candidate => candidate.Status?.Run > 1 && WorkflowPhases.IsFinal(candidate.Status.Phase));
        second.Status!.Run.ShouldBe(2);
        second.Status.History!.Single().Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Fact]
    public async Task Deleting_a_workflow_deletes_its_jobs_and_ends_its_pods()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml("", """
              - name: long
                container: { image: "agent-operator/samples:0.1", command: [sleep, infinity] }
            """));
        await ns.UntilAsync("w", static candidate => candidate.Status?.Steps?[0].Phase == StepPhases.Running);

        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "delete", "awf", "w", "--namespace", ns.Name);

        await ns.UntilNoneAsync<Job>("although their workflow is gone");
        await ns.UntilNoneAsync<Pod>("although their workflow is gone");
    }

    [Fact]
    public async Task A_job_that_somebody_deletes_is_a_lost_result()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml("", """
              - name: long
                container: { image: "agent-operator/samples:0.1", command: [sleep, infinity] }
            """));
        Workflow running = await ns.UntilAsync("w", static candidate => candidate.Status?.Steps?[0].Phase == StepPhases.Running);

        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "delete", "job", running.Status!.Steps![0].Job!, "--namespace", ns.Name);

        Workflow ended = await ns.UntilEndedAsync("w");
        ended.Status!.Steps![0].Reason.ShouldBe("ResultLost");
    }

    [Fact]
    public async Task A_job_that_is_deleted_before_its_pod_starts_is_a_lost_result_too()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml("", """
              - name: pull
                container: { image: "registry.example.com/nowhere:1", command: ["true"] }
            """));
        Workflow waiting = await ns.UntilAsync("w", static candidate => candidate.Status?.Waiting is not null);
        waiting.Status!.Steps![0].Phase.ShouldBe(StepPhases.Starting);

        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "delete", "job", waiting.Status.Steps[0].Job!, "--namespace", ns.Name);

        Workflow ended = await ns.UntilEndedAsync("w");
        ended.Status!.Steps![0].Reason.ShouldBe("ResultLost");
        ended.Status.Attempts.ShouldBe(1);
    }

    private static string Yaml(string spec, string steps) =>
        $"apiVersion: agentoperator.dev/v1alpha1\nkind: Workflow\nmetadata: {{ name: w }}\nspec:\n{spec}\n  steps:\n{steps}\n";
}
