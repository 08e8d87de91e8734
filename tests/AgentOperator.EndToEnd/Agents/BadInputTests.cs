using System.Net;
using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Agents;

/// <summary>What users see of models, tools and callers that misbehave: it is said, short, and ends.</summary>
[Trait("Cluster", "local")]
public sealed class BadInputTests(ClusterFixture cluster)
{
    private const string Key = "sk-test-0123456789abcdefghij";

    /// <summary>Tools that hang and that break their schemas, and a provider that knows no model and repeats the key.</summary>
    private const string Server = """
        import json, os, time
        from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
        TOOLS = [
            {"name": "hangs", "description": "Hangs.", "inputSchema": {"type": "object"}},
            {"name": "lies", "description": "Lies.", "inputSchema": {"type": "object"}, "outputSchema": {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}},
            {"name": "broken", "description": "Has no schema.", "inputSchema": {"type": 7}},
        ]
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                size = int(self.headers.get("Content-Length") or 0)
                request = json.loads(self.rfile.read(size) if size else self.chunks())
                if self.path.endswith("/chat/completions"):
                    return self.reply(404, {"error": {"message": "The model gone does not exist or " + self.headers.get("Authorization", "") + " has no access to it", "type": "invalid_request_error", "code": "model_not_found"}})
                if "id" not in request:
                    return self.reply(202, {})
                if request["method"] == "tools/call" and request["params"]["name"] == "hangs":
                    time.sleep(600)
                result = {
                    "initialize": {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}}, "serverInfo": {"name": "t", "version": "1"}},
                    "tools/list": {"tools": TOOLS},
                    "tools/call": {"content": [{"type": "text", "text": "{}"}], "structuredContent": {"n": "seven"}},
                }.get(request["method"])
                outcome = {"result": result} if result else {"error": {"code": -32601, "message": "no such method"}}
                self.reply(200, {"jsonrpc": "2.0", "id": request["id"], **outcome})
            def reply(self, status, value):
                body = json.dumps(value).encode()
                self.send_response(status); self.send_header("Content-Type", "application/json"); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
            def chunks(self):
                parts = []
                while (size := int(self.rfile.readline().split(b";")[0], 16)):
                    parts.append(self.rfile.read(size)); self.rfile.readline()
                self.rfile.readline()
                return b"".join(parts)
            def do_GET(self):
                self.reply(405, {})
        ThreadingHTTPServer((os.environ["POD_IP"], 8080), Handler).serve_forever()
        """;

    private const string Answers = "[{ when: { tool: '*' }, answer: { json: { count: 1 } } }, { when: { contains: hangs }, answer: { toolCalls: [{ name: hangs }] } }, { when: { contains: lies }, answer: { toolCalls: [{ name: lies }] } }, { answer: { text: 'lalala {' } }]";

    [Fact]
    public async Task What_misbehaves_ends_and_is_said_in_a_few_words_without_keys()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperatorWithChannel(ns);
        await ns.ApplyAsync(ScriptedYaml.Server("bad", Server));
        await ns.ApplyAsync(ScriptedYaml.Scripts(("solid", Answers)));
        await ns.ApplyAsync(AgentYaml.Secret(Key));
        await ns.ApplyAsync(ScriptedYaml.Agent("solid", "  tools: [{ mcp: { name: bad, url: \"http://bad:8080/mcp\" }, timeout: 1s }]", "output: { type: object, properties: { count: { type: integer } }, required: [count] }"));
        await ns.ApplyAsync("""
            apiVersion: agentoperator.dev/v1alpha1
            kind: Agent
            metadata: { name: reviewer }
            spec:
              models: [{ provider: openaiCompatible, name: gone, baseUrl: "http://bad:8080/v1", apiKey: { secretKeyRef: { name: anthropic, key: api-key } } }]
              systemPrompt: You review.
              skills: [{ name: run }]
            """);
        Agent solid = await ns.UntilToolsAsync("solid");
        Dictionary<string, StepStatus> steps = [];
        (string Name, string Step)[] cases =
        [
            ("nonsense", "agent: { name: solid, input: { text: talk nonsense } }"),
            ("hangs", "agent: { name: solid, input: { text: call hangs } }, outputs: [{ name: count, type: integer }]"),
            ("lies", "agent: { name: solid, input: { text: call lies } }, outputs: [{ name: count, type: integer }]"),
            ("gone", "agent: { name: reviewer, input: { text: hello } }"),
        ];
        await ns.ApplyAsync(string.Join("\n---\n", cases.Select(static one => ScriptedYaml.Workflow($"- {{ name: {one.Name}, {one.Step} }}", "", one.Name))));
        foreach ((string name, _) in cases)
        {
            steps[name] = (await ns.UntilEndedSlowlyAsync(name)).Status!.Steps!.Single();
        }

        string all = string.Join('\n', steps.Values.Select(static step => $"{step.Name} {step.Phase} {step.Reason}: {step.Message}"));
        TestContext.Current.TestOutputHelper!.WriteLine(all);
        steps["nonsense"].Phase.ShouldBe(StepPhases.Failed, all);
        steps["nonsense"].Message.ShouldNotBeNull().ShouldContain("BadAnswer");
        (steps["hangs"].Phase, steps["lies"].Phase).ShouldBe((StepPhases.Succeeded, StepPhases.Succeeded), all);
        steps["gone"].Phase.ShouldBe(StepPhases.Failed, all);
        steps["gone"].Message.ShouldNotBeNull().ShouldContain("The model gone does not exist");
        steps.Values.ShouldAllBe(static step => step.Message == null || step.Message.Length < 1000);

        Agent unreachable = await ns.UntilConditionAsync(AgentConditionTypes.ModelReachable, ConditionStatus.False);
        unreachable.Status!.Conditions!.Single(static condition => condition.Type == AgentConditionTypes.ModelReachable).Message.ShouldContain("The model gone does not exist");
        TestContext.Current.TestOutputHelper.WriteLine(JsonSerializer.Serialize(solid.Status, ApiJsonContext.Default.AgentStatus));
        solid.Status!.Tools!.Single().Problem.ShouldNotBeNull().ShouldContain("broken");
        (await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "get", "agents.agentoperator.dev,workflows,pods,configmaps,events.events.k8s.io", "-o", "json", "--namespace", ns.Name)).ShouldNotContain(Key);
        string logs = await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "logs", "deployment/reviewer", "--namespace", ns.Name);
        (logs + await process.ReadLogAsync(TestContext.Current.CancellationToken)).ShouldNotContain(Key);

        await IsTooLargeAsync(ns);
        (await RestrictedPods.ViolationsAsync(ns)).ShouldBeEmpty();
    }

    private static async Task IsTooLargeAsync(TestNamespace ns)
    {
        KubeList<Pod> pods = await ns.Client.Resource<Pod>(ns.Name).ListAsync(new ListOptions { LabelSelector = $"{Labels.Agent}=solid" }, TestContext.Current.CancellationToken);
        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
        using StringContent input = new($"{{\"text\": \"{new string('x', 10 * 1024 * 1024)}\"}}");
        using HttpResponseMessage answer = await http.PostAsync(new Uri($"http://{pods.Items.Single().Status!.PodIP}:8080/v1/skills/run"), input, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).GetProperty("code").GetString().ShouldBe("InputTooLarge");
    }
}
