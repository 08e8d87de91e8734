using AgentOperator.Api.Workflows;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Agents;

/// <summary>What a collector of traces gets of a run.</summary>
[Trait("Cluster", "local")]
public sealed class TraceTests(ClusterFixture cluster)
{
    private const string Server = """
        import json, os
        from http.server import BaseHTTPRequestHandler, HTTPServer
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                size = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(size) if size else self.chunks()
                request = json.loads(body)
                if "id" not in request:
                    self.send_response(202); self.send_header("Content-Length", "0"); self.end_headers(); return
                result = {
                    "initialize": {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}}, "serverInfo": {"name": "t", "version": "1"}},
                    "tools/list": {"tools": [{"name": "look", "description": "Looks.", "inputSchema": {"type": "object"}}]},
                    "tools/call": {"content": [{"type": "text", "text": "confidential result"}]},
                }.get(request["method"])
                outcome = {"result": result} if result else {"error": {"code": -32601, "message": "no such method"}}
                reply = json.dumps({"jsonrpc": "2.0", "id": request["id"], **outcome}).encode()
                self.send_response(200); self.send_header("Content-Type", "application/json"); self.send_header("Content-Length", str(len(reply))); self.end_headers(); self.wfile.write(reply)
            def chunks(self):
                parts = []
                while (size := int(self.rfile.readline().split(b";")[0], 16)):
                    parts.append(self.rfile.read(size)); self.rfile.readline()
                self.rfile.readline()
                return b"".join(parts)
            def do_GET(self):
                self.send_response(405); self.send_header("Content-Length", "0"); self.end_headers()
        HTTPServer((os.environ["POD_IP"], 8080), Handler).serve_forever()
        """;

    private const string Rules = "[{ when: { tool: look }, answer: { json: { done: true } } }, { when: { contains: question }, answer: { toolCalls: [{ name: look, arguments: { what: private argument } }] } }]";

    [Fact]
    public async Task A_run_is_one_trace_down_to_models_and_tools_also_across_a_killed_operator()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OtlpCollector collector = await OtlpCollector.StartAsync();
        string gate = Repository.PathTo("artifacts", "test-results", $"{ns.Name}.gate");
        await ns.ApplyAsync(ScriptedYaml.Scripts(("deployed", Rules), ("idle", Rules)));
        await ns.ApplyAsync(ScriptedYaml.Server("tools", Server));
        const string Tool = "  tools: [{ mcp: { name: tools, url: \"http://tools:8080/mcp\" } }]";
        await ns.ApplyAsync(ScriptedYaml.Agent("deployed", Tool));
        await ns.ApplyAsync(ScriptedYaml.Agent("idle", $"{Tool}\n  replicas: 0"));
        const string Input = "input: { text: my delicate question }";
        await using (OperatorProcess first = cluster.StartOperatorWithChannel(ns, collector))
        {
            await ns.UntilToolsAsync("deployed");
            await ns.ApplyAsync(ScriptedYaml.Workflow($$"""
                - { name: remote, agent: { name: deployed, {{Input}} }, retry: { limit: 3, policy: Always, backoff: { initial: 2s } } }
                - name: wait
                  needs: [remote]
                  container: { image: "agent-operator/samples:0.1", command: [sh, -c, 'until [ -e /src/artifacts/test-results/{{ns.Name}}.gate ]; do sleep 0.1; done'] }
                - { name: inside, needs: [wait], agent: { name: idle, {{Input}} }, retry: { limit: 3, policy: Always, backoff: { initial: 2s } } }
                """));
            await ns.UntilPodAsync("w", "wait", static step => step.Phase == StepPhases.Running);
            await first.KillAsync();
        }

        try
        {
            await File.WriteAllTextAsync(gate, "", TestContext.Current.CancellationToken);
            await using OperatorProcess second = cluster.StartOperatorWithChannel(ns, collector, 1);
            Workflow ended = await ns.UntilEndedSlowlyAsync("w");
            ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);

            IReadOnlyList<CollectedSpan> spans = await collector.UntilAsync(ended.Status.Trace!.Id, static found => found.Any(static span => span.Name == "invoke_workflow w") && found.Count(static span => span.Name.StartsWith("chat", StringComparison.Ordinal)) == 4 && found.Count(static span => span.Name.StartsWith("invoke_agent", StringComparison.Ordinal)) == 2);

            CollectedSpan run = spans.Single(static span => span.Name == "invoke_workflow w");
            run.ParentId.ShouldBe("");
            foreach (string step in (string[])["remote", "wait", "inside"])
            {
                spans.Single(span => span.Name == $"step {step}").ParentId.ShouldBe(run.SpanId);
            }

            foreach ((string step, string agent) in ((string, string)[])[("remote", "deployed"), ("inside", "idle")])
            {
                CollectedSpan invoked = spans.Single(span => span.Name == $"invoke_agent {agent}");
                invoked.ParentId.ShouldBe(spans.Single(span => span.Name == $"step {step}").SpanId);
                spans.Where(span => span.ParentId == invoked.SpanId).Select(static span => span.Name).Order(StringComparer.Ordinal).ShouldBe([$"chat scripted-{agent}", $"chat scripted-{agent}", "execute_tool look"]);
            }

            foreach (string content in (string[])["delicate", "Secret words", "private argument", "confidential"])
            {
                collector.HasSeen(content).ShouldBeFalse($"a span holds '{content}'");
            }
        }
        finally
        {
            File.Delete(gate);
        }
    }
}
