using System.Text.Json;
using AgentOperator.Api.Approvals;
using AgentOperator.Kube;

namespace AgentOperator.EndToEnd.Cli;

/// <summary>How a person decides on the command line; the gate is as an operator would publish it.</summary>
public sealed class CliDecisionTests(ClusterFixture cluster)
{
    private static readonly string Digest = "sha256:" + new string('a', 64);

    [Fact]
    public async Task A_decision_names_the_gate_its_digest_and_who_decides()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await OpenAsync(ns);

        (_, string list, _) = await CliProcess.RunAsync(cluster, ns, "approvals");
        list.ShouldMatch(@"^WORKFLOW   RUN   GATE   APPROVED   WAITING   DEADLINE +WHAT\nw +3 +ok +0/2 +\S+ +in \S+ +Ship 1\.4\.2 to production\?\n$");
        (_, string json, _) = await CliProcess.RunAsync(cluster, ns, "approvals", "-o", "json");
        JsonElement.Parse(json)[0].GetProperty("digest").GetString().ShouldBe(Digest);

        (int code, string shown, string error) = await CliProcess.RunAsync(cluster, ns, "approve", "w");
        code.ShouldBe(2);
        error.ShouldContain("repeat with --yes to approve it");
        foreach (string fact in (string[])["run         3", Digest, "v1:sha256:feed", "input       version = \"1.4.2\"", "result      build.image = \"r/x:1\"", "groups sre, system:authenticated", "changed by  alice", "message     Ship 1.4.2", "2; who changed it may not approve it"])
        {
            shown.ShouldContain(fact);
        }

        (await ns.Client.Resource<Approval>(ns.Name).ListAsync(new ListOptions(), TestContext.Current.CancellationToken)).Items.ShouldBeEmpty();

        (code, string output, error) = await CliProcess.RunAsync(cluster, ns, "reject", "w", "ok", "--comment", "not on a Friday", "--yes");
        code.ShouldBe(0, error);
        Approval approval = (await ns.Client.Resource<Approval>(ns.Name).ListAsync(new ListOptions(), TestContext.Current.CancellationToken)).Items.ShouldHaveSingleItem();
        (approval.Spec with { Groups = null }).ShouldBe(new ApprovalSpec
        {
            For = new ApprovalTarget { Kind = "Workflow", Name = "w", Gate = "ok", Digest = Digest },
            Decision = ApprovalDecisions.Reject,
            Comment = "not on a Friday",
            User = approval.Spec.User,
        });
        approval.Spec.Groups.ShouldBe(["system:authenticated"]);
        shown.ShouldContain($"you are     {approval.Spec.User}, as one of system:authenticated");
        output.ShouldContain($"rejected: ok of workflow/w (approval/{approval.Metadata.Name})\nthe operator has not counted it yet");
    }

    [Fact]
    public async Task A_gate_that_is_not_open_cannot_be_decided()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await OpenAsync(ns);

        (int code, _, string error) = await CliProcess.RunAsync(cluster, ns, "approve", "w", "build", "--yes");

        (code, error).ShouldBe((3, "kubectl-agents: build is no open gate of w: there is ok\n"));
    }

    /// <summary>A Workflow in a namespace that no operator works in, with the status of an open gate.</summary>
    private async Task OpenAsync(TestNamespace ns)
    {
        await ns.ApplyAsync("""
            apiVersion: agentoperator.dev/v1alpha1
            kind: Workflow
            metadata: { name: w }
            spec:
              params: [{ name: version, value: 1.4.2 }]
              steps:
              - { name: build, container: { image: x }, outputs: [{ name: image }] }
              - { name: ok, needs: [build], approval: { approvers: { groups: [sre, "system:authenticated"] }, quorum: 2, timeout: 24h } }
            """);
        string now = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "patch", "awf", "w", "--namespace", ns.Name, "--subresource=status", "--type=merge", "--patch", $$$$"""
            {"status":{"observedGeneration":1,"phase":"Running","run":3,"specDigest":"v1:sha256:feed","authors":["alice"],"steps":[
              {"name":"build","phase":"Succeeded","outputs":{"image":"r/x:1"}},
              {"name":"ok","phase":"Waiting","waiting":{"reason":"Approval"},"gate":{"digest":"{{{{Digest}}}}","openedAt":"{{{{now}}}}","deadline":"2099-01-01T00:00:00.000000Z","progress":"0/2","missing":"2 approvals","message":"Ship 1.4.2 to production?",
                "policy":{"approvers":{"groups":["sre","system:authenticated"]},"quorum":2,"allowSelf":false,"onTimeout":"Fail"}}}]}}
            """);
    }
}
