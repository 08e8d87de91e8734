using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.EndToEnd.Agents;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Items;

/// <summary>Agent, prompt and tool steps with forEach: one Indexed Job for each attempt.</summary>
[Trait("Cluster", "local")]
public sealed class IndexedItemTests(ClusterFixture cluster)
{
    private const string Prompt = """
        apiVersion: agentoperator.dev/v1alpha1
        kind: PromptTemplate
        metadata: { name: greet }
        spec:
          template: { messages: [{ role: user, content: "Greet {{who}}, number {{number}}." }] }
          inputs: { type: object, properties: { who: { type: string }, number: { type: integer } }, required: [who, number] }
        """;

    /// <summary>Says whom it greets; one of them it does not like.</summary>
    private const string Rules = "[{ when: { matches: 'Greet bad' }, fail: { status: 400, message: no } }, { when: { matches: 'Greet ([a-z]+), number (\\d+)' }, answer: { text: 'hello $1 $2' } }]";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Items_share_a_job_and_their_results_are_a_list_in_order_for_the_next_step(bool hasChannel)
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = hasChannel ? cluster.StartOperatorWithChannel(ns) : cluster.StartOperator(ns);
        await ns.ApplyAsync(ScriptedYaml.Scripts(("greeter", Rules)));
        await ns.ApplyAsync(Prompt);
        await ns.ApplyAsync(ScriptedYaml.Workflow("""
            - name: greet
              forEach: { items: "['ann', 'bad', 'cleo', 'dan', 'eve']", parallelism: 3, maxFailed: 1 }
              retry: { limit: 1 }
              prompt:
                template: { name: greet }
                models: [{ provider: scripted, name: greeter, script: { configMapKeyRef: { name: scripts, key: greeter } } }]
                input: { who: "{{ item }}", number: "{{ index }}" }
              outputs: [{ name: result }]
            - name: reduce
              needs: [greet]
              container: { image: "agent-operator/samples:0.1", command: [sh, -c, 'printf %s "$0" > /dev/termination-log', "{{ {'all': steps.greet.outputs.result.filter(r, r != null)} }}"] }
              outputs: [{ name: all, type: array }]
            """));

        Workflow ended = await ns.UntilEndedSlowlyAsync("w");

        StepStatus greet = ended.Status!.Steps![0];
        ended.Status.Phase.ShouldBe(WorkflowPhases.Succeeded, $"{greet.Message} {ended.Status.Message}");
        (greet.Items!.Succeeded, greet.Items.Failed, greet.Attempt).ShouldBe(("0,2-4", "1", 2));
        greet.Outputs!["result"].ToString().ShouldBe("""["hello ann 0",null,"hello cleo 2","hello dan 3","hello eve 4"]""");
        ended.Status.Steps[1].Outputs!["all"].GetArrayLength().ShouldBe(4);
        greet.Usage!.Requests.ShouldBeGreaterThanOrEqualTo(4);
        greet.Message!.ShouldStartWith("1 of 5 items failed: item 1: exit code");
        Job[] jobs = [.. (await ns.Client.Resource<Job>(ns.Name).ListAsync(new ListOptions { LabelSelector = $"{Labels.Step}=greet" }, TestContext.Current.CancellationToken)).Items.OrderBy(static job => job.Label(Labels.Attempt), StringComparer.Ordinal)];
        jobs.Select(static job => (job.Spec!.CompletionMode, job.Spec.Completions, job.Spec.Parallelism)).ShouldBe([("Indexed", 5, 3), ("Indexed", 1, 1)]);
        (await RestrictedPods.ViolationsAsync(ns)).ShouldBeEmpty();
        foreach (ConfigMap given in (await ns.Client.Resource<ConfigMap>(ns.Name).ListAsync(new ListOptions { LabelSelector = $"{Labels.Component}=item-inputs" }, TestContext.Current.CancellationToken)).Items)
        {
            await ns.UntilGoneAsync<ConfigMap>(given.Metadata.Name!);
        }
    }

    [Fact]
    public async Task Large_results_of_many_items_go_by_reference_and_are_read_as_one_list()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperatorWithChannel(ns);
        await ns.ApplyAsync(ScriptedYaml.Workflow("""
            - name: make
              forEach: { items: "[3, 1, 2, 5]", parallelism: 2 }
              container:
                image: agent-operator/samples:0.1
                env: [{ name: SIZE, value: "{{ item * 40000 }}" }]
                command:
                - python3
                - -c
                - |
                  import json, os, ssl, urllib.request
                  context = ssl.create_default_context(cadata=os.environ["AGENTOPERATOR_CA"])
                  token = open(os.environ["AGENTOPERATOR_TOKEN_FILE"]).read()
                  body = json.dumps({"text": "x" * int(os.environ["SIZE"])}).encode()
                  def post(body):
                      try:
                          return urllib.request.urlopen(urllib.request.Request(os.environ["AGENTOPERATOR_RESULTS_URL"], body, {"Authorization": "Bearer " + token}), context=context).status
                      except urllib.error.HTTPError as error:
                          return error.code
                  assert (post(body), post(body), post(b"{}")) == (201, 200, 409)
              outputs: [{ name: text }]
            - name: each
              needs: [make]
              forEach: { items: "steps.make.outputs.text" }
              container: { image: "agent-operator/samples:0.1", command: [sh, -c, 'printf "{\"size\": $0}" > /dev/termination-log', "{{ size(item) }}"] }
              outputs: [{ name: size, type: integer }]
            """));

        Workflow ended = await ns.UntilEndedSlowlyAsync("w");

        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, $"{ended.Status.Steps![0].Message} {ended.Status.Steps[1].Message} {ended.Status.Message}");
        OutputReference list = ended.Status.Steps![0].References!["text"];
        (list.Items!.Total, list.Items.Places).ShouldBe((4, "0-3"));
        list.Bytes.ShouldBeGreaterThan(11 * 40_000);
        ended.Status.Steps[1].Outputs!["size"].ToString().ShouldBe("[120000,40000,80000,200000]");
    }
}
