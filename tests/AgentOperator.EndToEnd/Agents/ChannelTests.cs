using System.Net;
using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Agents;

/// <summary>Who may tell the operator what, and that nothing that was told is lost.</summary>
public sealed class ChannelTests(ClusterFixture cluster)
{
    private const string Steps = """
        - { name: short, container: { image: "agent-operator/samples:0.1", command: [sh, -c, 'echo "{\"a\": 1}" > /dev/termination-log'] }, outputs: [{ name: a, type: integer }] }
        - { name: long, container: { image: "agent-operator/samples:0.1", command: [sleep, infinity] }, outputs: [{ name: a }] }
        - { name: other, container: { image: "agent-operator/samples:0.1", command: [sleep, infinity] }, outputs: [{ name: a }] }
        """;

    [Fact]
    [Trait("Cluster", "local")]
    public async Task Results_are_taken_from_the_pod_of_an_attempt_that_is_under_way_and_only_once()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        using TestNamespace elsewhere = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperatorWithChannel(ns, null, 0, "--namespace", $"{ns.Name},{elsewhere.Name}");
        await ns.ApplyAsync(Yaml(Steps));
        await elsewhere.ApplyAsync(Yaml(Steps));
        Pod foreign = await elsewhere.UntilPodAsync("w", "long", static step => step.Phase == StepPhases.Running);
        Pod over = await ns.UntilPodAsync("w", "short", static step => step.Phase == StepPhases.Succeeded);
        Pod other = await ns.UntilPodAsync("w", "other", static step => step.Phase == StepPhases.Running);
        Pod pod = await ns.UntilPodAsync("w", "long", static step => step.Phase == StepPhases.Running);
        using ChannelCalls calls = new(pod, cluster.Kubectl);
        Uri url = ChannelCalls.ResultUrl(pod);
        string token = await calls.TokenAsync(pod);

        (await calls.PostAsync(url, null, "{}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await calls.PostAsync(url, "no token", "{}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await calls.PostAsync(url, await calls.TokenAsync(pod, "somebody.else"), "{}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await calls.PostAsync(url, await calls.PlainTokenAsync(ns.Name), "{}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await calls.PostAsync(url, await calls.TokenAsync(other), "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await calls.PostAsync(url, await calls.TokenAsync(foreign), "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        Pod pretender = await ns.Client.Resource<Pod>(ns.Name).CreateAsync(
            new Pod
            {
                // No pod of the Job's uid, or its end would count against the Job; the finalizer keeps it from the garbage collector meanwhile.
                Metadata = new ObjectMeta { Name = "pretender", Namespace = ns.Name, OwnerReferences = [pod.ControllerOwner()! with { Uid = "00000000-0000-0000-0000-000000000001" }], Finalizers = ["example.com/hold"] },
                Spec = new PodSpec { Containers = [new Container { Name = "main", Image = "agent-operator/samples:0.1", Command = ["sleep", "infinity"] }] },
            },
            TestContext.Current.CancellationToken);
        (await calls.PostAsync(url, await calls.TokenAsync(pretender), "{\"a\": 3}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "patch", "pod", "pretender", "--namespace", ns.Name, "--type=merge", "--patch", """{"metadata":{"finalizers":null}}""");
        (await calls.PostAsync(ChannelCalls.ResultUrl(over), await calls.TokenAsync(over), "{}")).Status.ShouldBe(HttpStatusCode.Gone);
        (HttpStatusCode status, string text) = await calls.PostAsync(url, token, "{\"a\": 1");
        (status, text.TrimEnd()).ShouldBe((HttpStatusCode.BadRequest, "the result is not JSON (byte 7 of line 1): send one JSON object keyed by output name"));
        (await calls.PostAsync(url, token, "[1]")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await calls.PostAsync(url, token, "{\"$error\": 1, \"\\ud800\": 1}")).Text.ShouldContain("text must be Unicode");
        (await calls.PostAsync(url, token, $"{{\"a\": \"{new string('x', 1024 * 1024)}\"}}")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await calls.PostAsync(url, token, "{\"a\": 1}")).Status.ShouldBe(HttpStatusCode.Created);
        (await calls.PostAsync(url, token, "{\"a\": 1}")).Status.ShouldBe(HttpStatusCode.OK);
        (await calls.PostAsync(url, token, "{\"a\": 2}")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await process.ReadLogAsync(TestContext.Current.CancellationToken)).ShouldNotContain(token);
    }

    [Fact]
    [Trait("Cluster", "local")]
    public async Task Reports_are_taken_from_an_agents_pods_count_once_and_do_not_pile_up()
    {
        const int Starts = 205;
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperatorWithChannel(ns);
        await ns.ApplyAsync("""
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: stranger-reports }
            data: { mine: "1" }
            """);
        await ns.ApplyAsync(AgentYaml.Own());
        await ns.ApplyAsync(AgentYaml.Own().Replace("name: reviewer", "name: stranger", StringComparison.Ordinal));
        await ns.ApplyAsync(Yaml("""- { name: long, container: { image: "agent-operator/samples:0.1", command: [sleep, infinity] }, outputs: [{ name: a }] }"""));
        Pod step = await ns.UntilPodAsync("w", "long", static step => step.Phase == StepPhases.Running);
        Pod pod = await ns.UntilAsync<Pod>(null, static pod => pod.Label(Labels.Agent) == "reviewer", static _ => "no pod");
        Pod stranger = await ns.UntilAsync<Pod>(null, static pod => pod.Label(Labels.Agent) == "stranger", static _ => "no pod");
        using ChannelCalls calls = new(step, cluster.Kubectl);
        Uri url = new(ChannelCalls.ResultUrl(step), $"/v1/namespaces/{ns.Name}/agents/reviewer/reports");
        string token = await calls.TokenAsync(pod);
        string Report(int instance, int sequence, int count, string more = "") => $$"""{"instance":"p-{{instance}}","sequence":{{sequence}},"day":"{{DateTime.UtcNow:yyyy-MM-dd}}","calls":{{count}}{{more}}}""";

        (await calls.PostAsync(url, await calls.TokenAsync(step), Report(0, 1, 1))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await calls.PostAsync(url, token, Report(0, 1, 1, ",\"tools\":[null]"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await calls.PostAsync(url, token, Report(0, 1, -1))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await calls.PostAsync(url, token, Report(0, 1, 1, $",\"more\":\"{new string('x', 16 * 1024)}\""))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (HttpStatusCode status, string text) = await calls.PostAsync(new Uri(url, "../stranger/reports"), await calls.TokenAsync(stranger), Report(0, 1, 1));
        (status, text.TrimEnd()).ShouldBe((HttpStatusCode.Conflict, "ConfigMap stranger-reports exists and is not of this Agent: delete or rename it"));
        (await calls.PostAsync(url, token, Report(0, 1, 1))).Status.ShouldBe(HttpStatusCode.OK);
        (await calls.PostAsync(url, token, Report(0, 3, 5))).Status.ShouldBe(HttpStatusCode.OK);
        (await calls.PostAsync(url, token, Report(0, 2, 2))).Text.TrimEnd().ShouldBe("a newer report is kept");
        await ns.UntilAgentAsync(static agent => agent.Status?.Usage?.Calls == 5);
        for (int instance = 1; instance <= Starts; instance++)
        {
            (await calls.PostAsync(url, token, Report(instance, 1, 1))).Status.ShouldBe(HttpStatusCode.OK);
        }

        await ns.UntilAgentAsync(static agent => agent.Status?.Usage?.Calls == 5 + Starts);
        ConfigMap kept = await ns.Client.Resource<ConfigMap>(ns.Name).GetAsync("reviewer-reports", TestContext.Current.CancellationToken);
        kept.Data!.Count.ShouldBeLessThan(10);
    }

    [Fact]
    public async Task A_pod_sees_the_agents_of_its_own_namespace()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        using TestNamespace elsewhere = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperatorWithChannel(ns, null, 0, "--namespace", $"{ns.Name},{elsewhere.Name}");
        await ns.ApplyAsync(AgentYaml.Ours("  capabilities: [code-review, security]"));
        await elsewhere.ApplyAsync(AgentYaml.Ours("  capabilities: [code-review]").Replace("name: reviewer", "name: stranger", StringComparison.Ordinal));
        await ns.UntilConditionAsync(AgentConditionTypes.ResolvedRefs, "False");
        await elsewhere.UntilAsync<Agent>("stranger", static agent => agent.Status is not null, static _ => "no status");
        await ns.ApplyAsync(Yaml("""- { name: long, container: { image: "agent-operator/samples:0.1", command: [sleep, infinity] }, outputs: [{ name: a }] }"""));
        Pod pod = await ns.UntilPodAsync("w", "long", static step => step.Phase is StepPhases.Running);
        using ChannelCalls calls = new(pod, cluster.Kubectl);
        string token = await calls.TokenAsync(pod);

        async Task<string[]> FindAsync(string query)
        {
            (HttpStatusCode status, string text) = await calls.GetAsync(new Uri(ChannelCalls.ResultUrl(pod), $"/v1/agents{query}"), token);
            status.ShouldBe(HttpStatusCode.OK, text);
            using JsonDocument json = JsonDocument.Parse(text);
            return [.. json.RootElement.GetProperty("agents").EnumerateArray().Select(static agent => agent.GetProperty("name").GetString()!)];
        }

        (await FindAsync("")).ShouldBe(["reviewer"]);
        (await FindAsync("?capability=code-review")).ShouldBe(["reviewer"]);
        (await FindAsync("?capability=code-review&capability=security")).ShouldBe(["reviewer"]);
        (await FindAsync("?capability=cooking")).ShouldBeEmpty();
        (await calls.GetAsync(new Uri(ChannelCalls.ResultUrl(pod), "/v1/agents"), null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Trait("Cluster", "local")]
    public async Task A_step_posts_a_large_result_itself_and_an_operator_that_is_killed_before_its_end_loses_nothing()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        string gate = Repository.PathTo("artifacts", "test-results", $"{ns.Name}.gate");
        string next;
        await using (OperatorProcess first = cluster.StartOperatorWithChannel(ns))
        {
            await ns.ApplyAsync(Yaml($$$"""
                - name: make
                  container:
                    image: agent-operator/samples:0.1
                    command:
                    - python3
                    - -c
                    - |
                      import json, os, ssl, time, urllib.request
                      context = ssl.create_default_context(cadata=os.environ["AGENTOPERATOR_CA"])
                      token = open(os.environ["AGENTOPERATOR_TOKEN_FILE"]).read()
                      request = urllib.request.Request(os.environ["AGENTOPERATOR_RESULTS_URL"], json.dumps({"text": "ü" * 10000}).encode(), {"Authorization": "Bearer " + token})
                      try:
                          urllib.request.urlopen(request, context=context)
                      except OSError:
                          pass  # The operator may be killed before it answers.
                      while not os.path.exists("/src/artifacts/test-results/{{{ns.Name}}}.gate"):
                          time.sleep(0.05)
                  outputs: [{ name: text }]
                - name: use
                  needs: [make]
                  container:
                    image: agent-operator/samples:0.1
                    command: [sh, -c, 'printf "{\"bytes\": %d}" "$(printf %s "$1" | wc -c)" > /dev/termination-log', use]
                    args: ["{{ steps.make.outputs.text }}"]
                  outputs: [{ name: bytes, type: integer }]
                """));
            Pod pod = await ns.UntilPodAsync("w", "make", static step => step.Phase == StepPhases.Running);
            next = pod.ControllerJob();
            await ns.UntilAsync<ConfigMap>($"{next}-result", static _ => true, static _ => "");
            await first.KillAsync();
        }

        await File.WriteAllTextAsync(gate, "", TestContext.Current.CancellationToken);
        try
        {
            await ns.UntilAsync<Job>(next, static job => job.Status?.Succeeded == 1, static job => $"{job.Status?.Active} active");
            await using OperatorProcess second = cluster.StartOperatorWithChannel(ns, null, 1);

            Workflow ended = await ns.UntilEndedSlowlyAsync("w");

            ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
            StepStatus make = ended.Status.Steps![0];
            make.Attempt.ShouldBe(1);
            (make.References!["text"].ConfigMap, make.References["text"].Bytes > 20000).ShouldBe(($"{next}-result", true));
            ended.Status.Steps[1].Outputs!["bytes"].GetInt64().ShouldBe(20000);
            (await RestrictedPods.ViolationsAsync(ns)).ShouldBeEmpty();
        }
        finally
        {
            File.Delete(gate);
        }
    }

    private static string Yaml(string steps) => $"""
        apiVersion: agentoperator.dev/v1alpha1
        kind: Workflow
        metadata: {"{"} name: w {"}"}
        spec:
          steps:
          {steps.ReplaceLineEndings("\n  ")}
        """;
}
