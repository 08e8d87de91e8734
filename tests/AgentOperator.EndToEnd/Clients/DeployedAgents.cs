using System.Text.Json;
using AgentOperator.Api.Agents;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Clients;

/// <summary>The agent of examples/code-review and one whose tool needs a yes, deployed by the operator, for clients outside of the cluster: its pods have loopback addresses.</summary>
public sealed class DeployedAgents(ClusterFixture cluster) : IAsyncLifetime
{
    private const string Careful = """
        apiVersion: agentoperator.dev/v1alpha1
        kind: Agent
        metadata:
          name: careful
        spec:
          description: Releases a change once somebody agrees.
          models:
            - { provider: scripted, name: script, script: { configMapKeyRef: { name: careful, key: script.yaml } } }
          systemPrompt: You release changes.
          skills:
            - name: release
              input: { type: object, properties: { diff: { type: string } }, required: [diff] }
            - name: wait
          tools:
            - { mcp: { name: security, url: "http://security-scan:8080/mcp" }, requireApproval: [scan] }
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: careful
        data:
          script.yaml: |
            rules:
              - when: { tool: scan }
                answer: { text: It is released. }
              - when: { contains: for ever }
                hang: true
              - when: { contains: diff --git }
                answer:
                  toolCalls:
                    - { name: scan, arguments: { diff: "+password = 'tiger'" } }
        """;

    private TestNamespace? _namespace;
    private OperatorProcess? _operator;
    private string _scripts = "";

    /// <summary>Why there are no clients; null when there are.</summary>
    public string? Missing { get; private set; }

    /// <summary>The diff that is reviewed.</summary>
    public static string Diff => Repository.PathTo("examples", "code-review", "change.diff");

    public async ValueTask InitializeAsync()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Missing = await NodeClients.MissingAsync(cancellation);
        if (Missing is not null)
        {
            return;
        }

        _scripts = await NodeClients.InstallAsync(TimeProvider.System, cancellation);
        _namespace = await cluster.NamespaceAsync();
        _operator = cluster.StartOperator(_namespace);

        // The tool goes first: an agent that comes before it looks for it again some seconds later.
        string[] documents = (await File.ReadAllTextAsync(Repository.PathTo("examples", "code-review", "agent.yaml"), cancellation)).Split("\n---\n");
        int tool = Array.FindIndex(documents, static document => document.Contains("kind: Deployment", StringComparison.Ordinal));
        await _namespace.ApplyAsync(string.Join("\n---\n", documents[tool..]));
        await cluster.Kubectl.RunAsync(cancellation, "rollout", "status", "deployment/security-scan", "--namespace", _namespace.Name, "--timeout=60s");
        await _namespace.ApplyAsync(string.Join("\n---\n", [.. documents[..tool], Careful]));
    }

    /// <summary>What a script of <c>tests/clients</c> prints of an agent, or the test is skipped.</summary>
    /// <param name="script">Its path.</param>
    /// <param name="agent">Name of the agent.</param>
    /// <param name="path">Of the address that it gets first.</param>
    /// <param name="argument">What it gets next; the diff comes last.</param>
    internal async Task<JsonElement> RunAsync(string script, string agent, string path, string argument)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        string address = await AddressAsync(agent);
        (int code, string output, string errors) = await NodeClients.RunAsync("node", [script, $"{address}{path}", argument, Diff], _scripts, environment: null, TestContext.Current.CancellationToken);
        code.ShouldBe(0, output + errors);
        return JsonElement.Parse(output);
    }

    public async ValueTask DisposeAsync()
    {
        if (_operator is not null)
        {
            await _operator.DisposeAsync();
        }

        _namespace?.Dispose();
    }

    private async Task<string> AddressAsync(string agent)
    {
        await _namespace!.UntilAsync<Agent>(agent, static candidate => candidate.Status is { ReadyReplicas: > 0 }, static last => JsonSerializer.Serialize(last.Status?.Conditions?.Select(static condition => $"{condition.Type} {condition.Status} {condition.Message}")));
        IReadOnlyList<Pod> pods = (await _namespace.Client.Resource<Pod>(_namespace.Name).ListAsync(new ListOptions { LabelSelector = $"app.kubernetes.io/instance={agent}" }, TestContext.Current.CancellationToken)).Items;
        return $"http://{pods.First(static pod => pod.Metadata.DeletionTimestamp is null && pod.Status?.PodIP is not null).Status!.PodIP}:8080";
    }
}
