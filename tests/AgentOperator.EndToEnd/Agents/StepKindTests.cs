using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Agents;

/// <summary>Agent, prompt and tool steps, and what passes between them.</summary>
[Trait("Cluster", "local")]
public sealed class StepKindTests(ClusterFixture cluster)
{
    /// <summary>Says back what it was given, word for word.</summary>
    private const string Echo = "[{ when: { matches: '(?s)(.*)' }, answer: { json: { heard: $1 } } }]";

    private const string Object = "output: { type: object }";

    private const string Prompt = """
        apiVersion: agentoperator.dev/v1alpha1
        kind: PromptTemplate
        metadata: { name: greet }
        spec:
          template: { messages: [{ role: user, content: "Greet {{who}} in {{languages}}." }] }
          inputs: { type: object, properties: { who: { type: string }, languages: { type: array } }, required: [who, languages] }
        """;

    [Fact]
    public async Task Values_keep_their_types_from_step_to_step_of_every_kind()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperatorWithChannel(ns);
        await ns.ApplyAsync(ScriptedYaml.Scripts(("deployed", Echo), ("idle", Echo), ("greeter", Echo)));
        await ns.ApplyAsync(ScriptedYaml.Agent("deployed", "  capabilities: [a, b]", Object));
        await ns.ApplyAsync(ScriptedYaml.Agent("idle", "  capabilities: [b, c]\n  replicas: 0", Object));
        await ns.ApplyAsync(Prompt);
        await ns.ApplyAsync(await ScanAsync());
        const string Made = """{"o": {"k": [1, {"deep": true}]}, "a": [1, "two", null], "i": 7, "b": false, "s": "it's $(HOME) \"quoted\" ü 🎉 {{ no.template }}"}""";
        const string All = """{ o: "{{ steps.make.outputs.o }}", a: "{{ steps.make.outputs.a }}", i: "{{ steps.make.outputs.i }}", b: "{{ steps.make.outputs.b }}", s: "{{ steps.make.outputs.s }}" }""";
        await ns.ApplyAsync(ScriptedYaml.Workflow($$$"""
            - name: make
              container: { image: "agent-operator/samples:0.1", command: [sh, -c, 'printf %s "$0" > /dev/termination-log', "{{ params.made }}"] }
              outputs: [{ name: o, type: object }, { name: a, type: array }, { name: i, type: integer }, { name: b, type: boolean }, { name: s }]
            - { name: deployed, needs: [make], agent: { requires: [a], input: {{{All}}} }, outputs: [{ name: heard }] }
            - { name: injob, needs: [make], agent: { requires: [c, b], input: {{{All}}} }, outputs: [{ name: heard }] }
            - { name: forced, needs: [make], agent: { name: deployed, mode: InJob, input: {{{All}}} }, outputs: [{ name: heard }] }
            - name: prompt
              needs: [make]
              prompt:
                template: { name: greet }
                models: [{ provider: scripted, name: greeter, script: { configMapKeyRef: { name: scripts, key: greeter } } }]
                input: { who: "{{ steps.make.outputs.s }}", languages: "{{ steps.make.outputs.a }}" }
              outputs: [{ name: result }]
            - name: tool
              tool: { mcp: { name: security, url: "http://security-scan:8080/mcp" }, name: scan, arguments: { diff: "+++ b/x\n@@ -0,0 +1 @@\n+password = 'hunter2hunter2'" } }
              outputs: [{ name: findings, type: array }, { name: scannedLines, type: integer }]
              retry: { limit: 3, policy: Always, backoff: { initial: 2s } }
            """, $"  params: [{{ name: made, value: '{Made.Replace("'", "''", StringComparison.Ordinal)}' }}]"));

        Workflow ended = await ns.UntilEndedSlowlyAsync("w");

        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, string.Join("; ", ended.Status.Steps!.Select(static step => $"{step.Name} {step.Phase}: {step.Message}")));
        Dictionary<string, StepStatus> steps = ended.Status.Steps!.ToDictionary(static step => step.Name);
        foreach (string name in (string[])["deployed", "injob", "forced"])
        {
            JsonElement heard = JsonElement.Parse(steps[name].Outputs!["heard"].GetString()!);
            JsonElement.DeepEquals(heard, JsonElement.Parse(Made)).ShouldBeTrue($"{name} heard {heard}");
            steps[name].Usage!.Requests.ShouldBe(1);
        }

        (steps["deployed"].Target!.Mode, steps["injob"].Target!.Mode, steps["forced"].Target!.Mode).ShouldBe((AgentStepModes.Deployed, AgentStepModes.InJob, AgentStepModes.InJob));
        (steps["deployed"].Target!.Agent, steps["injob"].Target!.Agent).ShouldBe(("deployed", "idle"));
        steps["prompt"].Target!.Prompt.ShouldBe("greet@1");
        steps["prompt"].Outputs!["result"].ToString().ShouldContain("it's $(HOME)");
        steps["tool"].Outputs!["scannedLines"].GetInt64().ShouldBe(1);
        steps["tool"].Outputs!["findings"].EnumerateArray().Single().GetProperty("severity").GetString().ShouldBe("high");
        (await RestrictedPods.ViolationsAsync(ns)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_large_result_goes_by_reference_and_is_handed_on_whole()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperatorWithChannel(ns);
        string text = string.Concat(Enumerable.Range(0, 20_000).Select(static i => $"{i:D9} "));
        await ns.ApplyAsync(ScriptedYaml.Scripts(("idle", Echo)));
        await ns.ApplyAsync(ScriptedYaml.Agent("idle", "  replicas: 0", Object));
        await ns.ApplyAsync(ScriptedYaml.Workflow("""
            - name: make
              container:
                image: agent-operator/samples:0.1
                command:
                - python3
                - -c
                - |
                  import json, os, ssl, urllib.request
                  context = ssl.create_default_context(cadata=os.environ["AGENTOPERATOR_CA"])
                  token = open(os.environ["AGENTOPERATOR_TOKEN_FILE"]).read()
                  body = json.dumps({"text": "".join("%09d " % i for i in range(20000))}).encode()
                  urllib.request.urlopen(urllib.request.Request(os.environ["AGENTOPERATOR_RESULTS_URL"], body, {"Authorization": "Bearer " + token}), context=context)
              outputs: [{ name: text }]
            - { name: first, needs: [make], agent: { name: idle, input: { text: "{{ steps.make.outputs.text }}" } }, outputs: [{ name: heard }] }
            - { name: second, needs: [first], agent: { name: idle, input: { text: "{{ steps.first.outputs.heard }}" } }, outputs: [{ name: heard }] }
            """));

        Workflow ended = await ns.UntilEndedSlowlyAsync("w");

        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        OutputReference[] references = [.. ended.Status.Steps!.Select(static step => step.References!.Values.Single())];
        references.Select(static reference => reference.Sha256).Distinct().ShouldBe([Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"\"{text}\"")))]);
        ConfigMap kept = await ns.Client.Resource<ConfigMap>(ns.Name).GetAsync(references[2].ConfigMap, TestContext.Current.CancellationToken);
        JsonElement.Parse(kept.Data!["result"]).GetProperty("heard").GetString().ShouldBe(text);
    }

    /// <summary>The tool of examples/code-review, without its agent.</summary>
    private static async Task<string> ScanAsync()
    {
        string[] documents = (await File.ReadAllTextAsync(Repository.PathTo("examples", "code-review", "agent.yaml"), TestContext.Current.CancellationToken)).Split("\n---\n");
        return string.Join("\n---\n", documents.Where(static document => document.Contains("kind: Deployment", StringComparison.Ordinal) || document.Contains("kind: Service", StringComparison.Ordinal)));
    }
}
