using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Cli;

/// <summary>The command line against a cluster with an operator.</summary>
public sealed class CliTests(ClusterFixture cluster)
{
    private const string Image = "image: \"agent-operator/samples:0.1\"";

    private const string Long = $"- {{ name: long, container: {{ {Image}, command: [sleep, infinity] }} }}";

    private const string Flaky = $$"""
        - name: flaky
          container: { {{Image}}, command: [sh, -c, 'echo attempt $AGENTOPERATOR_ATTEMPT; test $AGENTOPERATOR_ATTEMPT = 2'] }
          retry: { limit: 1, backoff: { initial: 1s } }
        - name: after
          needs: [flaky]
          container: { {{Image}}, command: [echo, "all is well"] }
        """;

    [Fact]
    public async Task A_run_is_followed_over_steps_and_attempts_before_it_has_begun()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await ns.ApplyAsync(Yaml("", Flaky));
        (int none, _, string why) = await CliProcess.RunAsync(cluster, ns, "logs", "w");
        (none, why).ShouldBe((0, "There are no pods yet: kubectl agents logs w --follow waits for them.\n"));
        await using CliProcess logs = CliProcess.Start(cluster, ns, "logs", "w", "--follow");
        await using CliProcess tree = CliProcess.Start(cluster, ns, "tree", "w", "--watch");
        await using CliProcess wait = CliProcess.Start(cluster, ns, "wait", "w");

        await using OperatorProcess process = cluster.StartOperator(ns);

        (int code, string output, string error) = await logs.EndAsync();
        code.ShouldBe(0, error);
        output.ShouldBe("[flaky] attempt 1\n[flaky#2] attempt 2\n[after] all is well\n");
        (code, output, error) = await tree.EndAsync();
        code.ShouldBe(0, error);
        output.ShouldMatch(@"flaky  Waiting  attempt 2 |flaky  Waiting  .*Backoff: ");
        output.ShouldMatch(@"\nworkflow/w  run 1  Succeeded  2/2  [0-9.]+s\n.*\nflaky  Succeeded   [0-9.]+s +attempt 2.*\nafter  Succeeded   [0-9.]+s.*\n$");
        (code, output, error) = await wait.EndAsync();
        (code, output).ShouldBe((0, "workflow/w: run 1 Succeeded: 2 of 2 steps succeeded\n"), error);
    }

    [Fact]
    public async Task What_there_is_can_be_listed_read_and_drawn()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml("", Flaky));
        await ns.UntilEndedAsync("w");

        (_, string list, _) = await CliProcess.RunAsync(cluster, ns, "tree");
        list.ShouldMatch(@"^NAME   RUN   PHASE       PROGRESS   DURATION   COST   WAITING\nw      1     Succeeded   2/2        [0-9.]+s ");
        (_, string json, _) = await CliProcess.RunAsync(cluster, ns, "tree", "w", "-o", "json");
        JsonElement run = JsonElement.Parse(json);
        run.GetProperty("steps")[0].GetProperty("attempt").GetInt32().ShouldBe(2);
        run.GetProperty("steps")[1].GetProperty("needs")[0].GetString().ShouldBe("flaky");
        (_, string graph, _) = await CliProcess.RunAsync(cluster, ns, "graph", "w");
        graph.ShouldContain("class s_flaky,s_after good");
        (_, string logs, _) = await CliProcess.RunAsync(cluster, ns, "logs", "w", "after", "--no-prefix");
        logs.ShouldBe("all is well\n");
        (_, logs, _) = await CliProcess.RunAsync(cluster, ns, "logs", "w", "after", "-o", "json");
        logs.ShouldBe("""{"step":"after","line":"all is well"}""" + "\n");
        (_, json, _) = await CliProcess.RunAsync(cluster, ns, "wait", "w", "-o", "json");
        JsonElement.Parse(json).GetProperty("phase").GetString().ShouldBe(WorkflowPhases.Succeeded);

        (int code, _, string error) = await CliProcess.RunAsync(cluster, ns, "tree", "other");
        (code, error).ShouldBe((3, $"kubectl-agents: there is no Workflow other in namespace {ns.Name}: kubectl agents tree lists those that are there\n"));
        (code, _, error) = await CliProcess.RunAsync(cluster, ns, "logs", "w", "x");
        (code, error).ShouldBe((3, "kubectl-agents: w has no step x; it has flaky, after\n"));
    }

    [Fact]
    public async Task A_run_is_suspended_resumed_and_cancelled()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml("  suspend: true", Long));
        await ns.UntilAsync("w", static workflow => workflow.Status?.Phase == WorkflowPhases.Suspended);
        (int code, _, string error) = await CliProcess.RunAsync(cluster, ns, "wait", "w", "--timeout", "1s");
        code.ShouldBe(124);
        error.ShouldContain("succeeded of w has not come within 1s: run 1 Suspended");

        (code, string output, error) = await CliProcess.RunAsync(cluster, ns, "resume", "w");
        (code, output).ShouldBe((0, "workflow/w: resumed\n"), error);
        (code, _, error) = await CliProcess.RunAsync(cluster, ns, "wait", "w", "--for", "phase=Running");
        code.ShouldBe(0, error);
        (await CliProcess.RunAsync(cluster, ns, "suspend", "w")).Code.ShouldBe(0);
        await ns.UntilAsync("w", static workflow => workflow.Status?.Phase == WorkflowPhases.Suspended);

        (code, output, error) = await CliProcess.RunAsync(cluster, ns, "cancel", "w");
        (code, output).ShouldBe((0, "workflow/w: cancel of run 1 requested (Graceful)\n"), error);
        (code, _, error) = await CliProcess.RunAsync(cluster, ns, "wait", "w");
        code.ShouldBe(1);
        error.ShouldStartWith("workflow/w: run 1 Cancelled");
        (code, _, error) = await CliProcess.RunAsync(cluster, ns, "cancel", "w");
        (code, error).ShouldBe((3, "kubectl-agents: run 1 of w is not under way: it is Cancelled\n"));
    }

    [Fact]
    public async Task What_failed_is_run_again_and_what_cannot_be_is_refused_in_the_operators_words()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml("", $$"""
            - { name: good, container: { {{Image}}, command: ["true"] } }
            - { name: bad, needs: [good], container: { {{Image}}, command: [sh, -c, 'test $AGENTOPERATOR_RUN -gt 1'] } }
            """));
        await ns.UntilEndedAsync("w");

        (int code, string output, string error) = await CliProcess.RunAsync(cluster, ns, "rerun", "w");
        (code, output).ShouldBe((0, "workflow/w: run 2 started, a rerun of run 1\n"), error);
        (await CliProcess.RunAsync(cluster, ns, "wait", "w")).Code.ShouldBe(0);
        (_, output, _) = await CliProcess.RunAsync(cluster, ns, "tree", "w");
        output.ShouldMatch(@"good +Succeeded +.*taken from run 1");

        for (int i = 0; i < 2; i++)
        {
            (code, _, error) = await CliProcess.RunAsync(cluster, ns, "rerun", "w", "--failed");
            (code, error).ShouldBe((1, "kubectl-agents: rerun 2/failed was not done: all steps of run 2 succeeded: name a step as 2/from=STEP\n"));
        }
    }

    [Fact]
    public async Task A_run_that_a_checkpoint_holds_goes_on()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml("", $$"""
            - { name: look, container: { {{Image}}, command: ["true"] }, checkpoint: { action: Pause } }
            - { name: go, needs: [look], container: { {{Image}}, command: ["true"] } }
            """));
        await ns.UntilAsync("w", static workflow => workflow.Status?.Steps?[0].Waiting?.Reason == WaitingReasons.Checkpoint);
        (_, string tree, _) = await CliProcess.RunAsync(cluster, ns, "tree", "w");
        tree.ShouldContain("Checkpoint: kubectl agents resume w look lets the run go on");

        (int code, string output, string error) = await CliProcess.RunAsync(cluster, ns, "resume", "w");

        (code, output).ShouldBe((0, "workflow/w: run 1 goes on behind step look\n"), error);
        (await CliProcess.RunAsync(cluster, ns, "wait", "w")).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("n", "")]
    [InlineData("on", "")]
    [InlineData("010", "")]
    [InlineData("1_000", "")]
    [InlineData("0x1F", "")]
    [InlineData("1e3", "")]
    [InlineData("0o17", "")]
    [InlineData("0o8", "0o8")]
    [InlineData("2026-01-01", "2026-01-01")]
    [InlineData("1:30", "1:30")]
    [InlineData("=", "=")]
    public async Task Lint_reads_YAML_as_kubectl_does(string scalar, string text)
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Yaml($"  runToken: {scalar}", Long), TestContext.Current.CancellationToken);

        (int server, string taken, _) = await cluster.Kubectl.TryAsync(TestContext.Current.CancellationToken, "create", "--dry-run=server", "-o", "jsonpath={.spec.runToken}", "--namespace", ns.Name, "-f", file);
        (int offline, _, _) = await CliProcess.RunAsync(cluster, ns, "lint", file);
        File.Delete(file);

        (server == 0, taken).ShouldBe((text.Length > 0, text));
        (offline == 0).ShouldBe(text.Length > 0);
    }

    private static string Yaml(string spec, string steps) =>
        $"apiVersion: agentoperator.dev/v1alpha1\nkind: Workflow\nmetadata: {{ name: w }}\nspec:\n{spec}\n  steps:\n  {steps.ReplaceLineEndings("\n  ")}\n";
}
