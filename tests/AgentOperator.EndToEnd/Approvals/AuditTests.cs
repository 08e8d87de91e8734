using System.Text.Json;
using AgentOperator.Api.Approvals;

namespace AgentOperator.EndToEnd.Approvals;

/// <summary>The audit log has who decided what, outside of the reach of those who write statuses and logs; and who was behind the name.</summary>
[Trait("Cluster", "local")]
public sealed class AuditTests
{
    private const string Annotation = "agentoperator-approvals/decision";
    private const string Policy = """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules:
          - { level: Metadata, verbs: [create], resources: [{ group: agentoperator.dev, resources: [approvals] }] }
          - { level: None }
        """;

    private static readonly string Digest = $"sha256:{new string('a', 64)}";

    [Fact]
    public async Task A_decision_is_in_the_audit_log_with_who_made_it_and_who_was_behind_the_name()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync(auditPolicy: Policy);
        await cluster.Kubectl.InstallAsync(TestContext.Current.CancellationToken);
        await cluster.Kubectl.InstallPoliciesAsync(null, TestContext.Current.CancellationToken);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "namespace", "team");
        Person alice = await new Person(cluster.Kubectl, "team", "alice").WithRoleAsync("cluster-admin");
        while (!(await alice.CreateAsync(Person.Yaml("w", "gate", Digest, ApprovalDecisions.Approve, "bob"))).Contains("spec.user is bob", StringComparison.Ordinal))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        (await alice.DecideAsync("w", "gate", Digest, ApprovalDecisions.Approve)).ShouldBe("");

        JsonElement entry = await EntryAsync(cluster.AuditLog);
        entry.GetProperty("annotations").GetProperty(Annotation).GetString().ShouldBe($"Approve by alice for Workflow team/w, gate gate, digest {Digest}: as agreed");
        entry.GetProperty("impersonatedUser").GetProperty("username").GetString().ShouldBe("alice");
        entry.GetProperty("user").GetProperty("username").GetString().ShouldNotBe("alice", "the log shows who has impersonated her");
    }

    /// <summary>The line of the create that was taken.</summary>
    private static async Task<JsonElement> EntryAsync(string file)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            await using FileStream stream = new(file, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(stream);
            foreach (string line in (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line.EndsWith('}')))
            {
                JsonElement entry = JsonElement.Parse(line);
                if (entry.TryGetProperty("responseStatus", out JsonElement status) && status.GetProperty("code").GetInt32() == 201 && line.Contains(Annotation, StringComparison.Ordinal))
                {
                    return entry;
                }
            }

            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
