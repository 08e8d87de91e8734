using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.EndToEnd.Approvals;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>The README's first example, on real input.</summary>
public sealed class QuickstartTests(ClusterFixture cluster)
{
    [Fact]
    public async Task The_quickstart_runs_to_Succeeded_and_hands_results_on()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(await File.ReadAllTextAsync(Repository.PathTo("examples", "quickstart", "workflow.yaml"), TestContext.Current.CancellationToken));

        Gate gate = new(ns, cluster.Kubectl, "quickstart", "approve");
        await gate.ApproveAsync(await gate.PersonAsync("alice"), await gate.DigestAsync(), "system:authenticated");
        Workflow ended = await ns.UntilEndedAsync("quickstart");

        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        Dictionary<string, StepStatus> steps = ended.Status.Steps!.ToDictionary(static step => step.Name);
        steps["verify"].Attempt.ShouldBe(2);
        steps["list"].Outputs!["files"].GetInt64().ShouldBeGreaterThan(100);
        string digest = steps["pack"].Outputs!["digest"].GetString()!;
        digest.ShouldMatch("^sha256:[0-9a-f]{64}$");
        JsonElement report = steps["report"].Outputs!["digest"];
        report.GetString().ShouldBe(digest);
        steps["report"].Outputs!["summary"].GetString().ShouldNotBeNull().ShouldContain($"{steps["list"].Outputs!["files"]} files");

        string table = await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "get", "awf", "--namespace", ns.Name);
        table.ShouldMatch(@"NAME +PHASE +PROGRESS +STEP +WAITING +COST +AGE");
        table.ShouldMatch(@"quickstart +Succeeded +7/7");
        (await process.StopAsync()).ShouldBe(0);
    }
}
