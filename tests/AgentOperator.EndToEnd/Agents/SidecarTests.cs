using System.Net.Http.Json;
using System.Text.Json;
using AgentOperator.Api.Agents;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local;
using AgentOperator.Testing;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Agents;

/// <summary>An agent with a Dapr sidecar, both of them running: what it remembers is in the sidecar's state store, and a topic's messages are its inputs.</summary>
[Trait("Cluster", "local")]
public sealed class SidecarTests
{
    private const string Remembering = """
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: script }
        data:
          script.yaml: |
            rules:
              - when: { contains: milk }
                answer: { text: noted }
              - answer: { text: hello }
        ---
        apiVersion: agentoperator.dev/v1alpha1
        kind: Agent
        metadata: { name: remembering }
        spec:
          models: [{ provider: scripted, name: s, script: { configMapKeyRef: { name: script, key: script.yaml } } }]
          systemPrompt: You remember.
          skills: [{ name: chat, input: { type: object, properties: { text: { type: string } }, required: [text] } }]
          memory: { window: 10 }
          dapr:
            components:
              - { name: memory, type: state.in-memory }
              - { name: bus, type: pubsub.in-memory }
            subscriptions: [{ pubsubName: bus, topic: asks, skill: chat }]
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_agent_remembers_in_its_state_store_and_hears_its_topics_once()
    {
        await using LocalCluster cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions { Name = $"sidecar-{Environment.ProcessId}", Dapr = true, ImagesFile = Repository.PathTo("examples", "images.json") }, Stop);
        Kubectl kubectl = new(Path.Combine(cluster.AssetsFolder, "kubectl"), cluster.KubeConfigPath);
        await kubectl.InstallAsync(Stop);
        using TestNamespace ns = new("default", cluster.Connection, kubectl);
        await using OperatorProcess process = OperatorProcess.Start(Repository.PathTo("artifacts", "test-results", "operator", "sidecar.log"), "--kubeconfig", cluster.KubeConfigPath, "--leader-elect=false");
        await ns.ApplyAsync(Remembering);

        Agent agent = await ns.UntilAsync<Agent>(
            "remembering",
            static found => Is(found, "Ready") && Is(found, "SidecarInjected") && Is(found, "ComponentsLoaded"),
            static last => string.Join("; ", (last.Status?.Conditions ?? []).Select(static condition => $"{condition.Type}={condition.Status} {condition.Message}")));
        agent.Status!.Dapr!.Mode.ShouldBe(DaprModes.Always, "Auto found Dapr");
        KubeList<Pod> pods = await ns.Client.Resource<Pod>("default").ListAsync(new ListOptions { LabelSelector = "agentoperator.dev/agent=remembering" }, Stop);
        Pod pod = pods.Items.Single();

        int first = await TokensAsync(pod, "the milk");
        int second = await TokensAsync(pod, "what");
        second.ShouldBeGreaterThan(first, "the second answer was given with the first one in sight");

        using HttpClient sidecar = new(new SocketsHttpHandler()) { BaseAddress = new Uri($"http://{pod.Status!.PodIP}:3500") };
        (await sidecar.PostAsJsonAsync("/v1.0/publish/bus/asks", new { text = "the milk" }, Stop)).EnsureSuccessStatusCode();
        await UntilCallsAsync(kubectl, pod, 3);
    }

    private static bool Is(Agent agent, string type) => agent.Status?.Conditions?.Any(condition => condition.Type == type && condition.Status == ConditionStatus.True) == true;

    private static async Task<int> TokensAsync(Pod pod, string text)
    {
        using HttpClient http = new(new SocketsHttpHandler()) { BaseAddress = new Uri($"http://{pod.Status!.PodIP}:8080") };
        http.DefaultRequestHeaders.Add("X-Context-Id", "kitchen");
        using HttpResponseMessage response = await http.PostAsJsonAsync("/v1/skills/chat", new { text }, Stop);
        JsonElement answer = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Stop);
        return answer.GetProperty("usage").GetProperty("inputTokens").GetInt32();
    }

    private static async Task UntilCallsAsync(Kubectl kubectl, Pod pod, int wanted)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Limits.Patience);
        int calls;
        do
        {
            calls = (await kubectl.RunAsync(patience.Token, "logs", pod.Metadata.Name!, "--container", "agent", "--namespace", "default")).Split("Skill chat ended").Length - 1;
        }
        while (calls < wanted);

        calls.ShouldBe(wanted);
    }
}
