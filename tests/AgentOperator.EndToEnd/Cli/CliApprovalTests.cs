using AgentOperator.Api.Workflows;
using AgentOperator.EndToEnd.Approvals;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Cli;

/// <summary>People decide on the command line, and the run goes on or ends.</summary>
public sealed class CliApprovalTests(ClusterFixture cluster)
{
    private static readonly string[] Alice = ["--as", "alice", "--as-group", "sre"];
    private static readonly string[] Bob = ["--as", "bob", "--as-group", "sre"];
    private static readonly string[] Carol = ["--as", "carol", "--as-group", "finance"];

    [Fact]
    public async Task Two_people_approve_and_each_hears_what_their_word_did()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        Gate gate = new(ns, cluster.Kubectl);
        await gate.PersonAsync("alice");
        await gate.PersonAsync("bob");
        await gate.PersonAsync("carol");
        await ns.ApplyAsync(GateYaml.Deploy());
        (await CliProcess.RunAsync(cluster, ns, "wait", "deploy", "--for", "gate")).Code.ShouldBe(0);
        await gate.DigestAsync();

        (int code, string output, string error) = await CliProcess.RunAsync(cluster, ns, [.. Carol, "approve", "deploy", "--yes"]);
        code.ShouldBe(1, output + error);
        error.ShouldContain("a decision of carol would not count here, so none was made: the gate asks for group sre");
        (await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "get", "approvals.agentoperator.dev", "--namespace", ns.Name, "-o", "name")).ShouldBe("");

        (code, output, error) = await CliProcess.RunAsync(cluster, ns, [.. Alice, "approve", "deploy", "--yes", "--comment", "ship it"]);
        code.ShouldBe(0, error);
        output.ShouldContain("message     Ship 1.4.2?");
        output.ShouldContain("you are     alice, as one of sre");
        output.ShouldEndWith("1/2 approved; missing: 1 more of 2 approvals by group sre\n");
        (_, output, _) = await CliProcess.RunAsync(cluster, ns, "tree", "deploy");
        output.ShouldContain("Approval: 1/2 approved; missing: 1 more of 2 approvals by group sre");

        (code, output, error) = await CliProcess.RunAsync(cluster, ns, [.. Bob, "approve", "deploy", "approve-production", "--yes"]);
        code.ShouldBe(0, error);
        output.ShouldContain("the gate has been decided");
        (await ns.UntilEndedAsync("deploy")).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);
        (code, _, error) = await CliProcess.RunAsync(cluster, ns, [.. Bob, "approve", "deploy", "--yes"]);
        (code, error).ShouldBe((3, "kubectl-agents: no gate of deploy is open: Succeeded\n"));
    }

    [Fact]
    public async Task A_no_ends_the_run_and_who_has_no_right_is_told_so()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        Gate gate = new(ns, cluster.Kubectl);
        await gate.PersonAsync("alice");
        await ns.ApplyAsync(GateYaml.Deploy());
        await gate.DigestAsync();

        (int code, _, string error) = await CliProcess.RunAsync(cluster, ns, "--as", "mallory", "reject", "deploy", "--yes");
        code.ShouldBe(3);
        error.ShouldContain("User \"mallory\" cannot get resource \"workflows\"");
        error.ShouldContain("ask for that right");

        (code, string output, error) = await CliProcess.RunAsync(cluster, ns, [.. Alice, "reject", "deploy", "--yes", "--comment", "not on a Friday"]);
        code.ShouldBe(0, error);
        output.ShouldContain("rejected: approve-production of workflow/deploy");
        (await CliProcess.RunAsync(cluster, ns, "wait", "deploy")).Code.ShouldBe(1);
    }
}
