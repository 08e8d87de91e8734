using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>Results that other runs take over, and values that go by file.</summary>
public sealed class ReuseTests(ClusterFixture cluster)
{
    [Fact]
    public async Task A_run_of_another_workflow_takes_over_what_was_done_before()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Memoized("first"));
        Workflow first = await ns.UntilEndedAsync("first");
        first.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, first.Status.Message);
        await ns.UntilAnyAsync<ConfigMap>(static map => map.Label(Labels.Memo) is not null);

        await ns.ApplyAsync(Memoized("second"));
        Workflow second = await ns.UntilEndedAsync("second");

        second.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, second.Status.Message);
        StepStatus work = second.Status.Steps!.Single(static step => step.Name == "work");
        (work.Attempt, work.Memo?.Workflow, work.Memo?.Run).ShouldBe((0, "first", 1));
        work.Outputs!["pod"].GetString().ShouldBe(first.Status.Steps!.Single(static step => step.Name == "work").Outputs!["pod"].GetString());
        KubeList<Job> jobs = await ns.Client.Resource<Job>(ns.Name).ListAsync(new ListOptions { LabelSelector = $"{Labels.Workflow}=second,{Labels.Step}=work" }, TestContext.Current.CancellationToken);
        jobs.Items.ShouldBeEmpty();

        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "annotate", "awf", "second", "agentoperator.dev/rerun=1/from=work", "--namespace", ns.Name);
        Workflow again = await ns.UntilAsync("second", static workflow => workflow.Status is { Run: 2, Phase: WorkflowPhases.Succeeded });
        again.Status!.Steps!.Single(static step => step.Name == "work").Attempt.ShouldBe(1, "who asks for the very step wants it done");
    }

    [Fact]
    public async Task A_value_of_any_size_goes_from_step_to_step_by_file_and_leaves_nothing_behind()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperatorWithChannel(ns);
        await ns.ApplyAsync("""
            apiVersion: agentoperator.dev/v1alpha1
            kind: Workflow
            metadata: { name: large }
            spec:
              steps:
                - name: write
                  container:
                    image: agent-operator/samples:0.1
                    command: [sh, -ec]
                    args:
                      - |
                        printf %s "$AGENTOPERATOR_CA" > /tmp/ca.pem
                        { printf '{"text": "'; head -c 200000 /dev/zero | tr '\0' x; printf '"}'; } > /tmp/outputs.json
                        curl --fail --silent --show-error --retry 5 --cacert /tmp/ca.pem -H "Authorization: Bearer $(cat "$AGENTOPERATOR_TOKEN_FILE")" --data-binary @/tmp/outputs.json "$AGENTOPERATOR_RESULTS_URL"
                  outputs: [{ name: text }]
                - name: read
                  needs: [write]
                  container:
                    image: agent-operator/samples:0.1
                    command: [sh, -ec, 'printf "{\"bytes\": %d}" "$(wc -c < "$1")" > /dev/termination-log', read]
                    args: ["{{ file(steps.write.outputs.text) }}"]
                  outputs: [{ name: bytes, type: integer }]
            """);

        Workflow ended = await ns.UntilEndedAsync("large");

        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        ended.Status.Steps!.Single(static step => step.Name == "read").Outputs!["bytes"].GetInt32().ShouldBe(200_000);
        await ns.UntilGoneAsync<ConfigMap>($"{ended.Status.Steps!.Single(static step => step.Name == "read").Job}-files");
    }

    private static string Memoized(string name) => $$"""
        apiVersion: agentoperator.dev/v1alpha1
        kind: Workflow
        metadata: { name: {{name}} }
        spec:
          params: [{ name: source, value: v1 }]
          steps:
            - { name: before, container: { image: "agent-operator/samples:0.1", command: ["true"] } }
            - name: work
              needs: [before]
              container:
                image: agent-operator/samples:0.1
                command: [sh, -c, 'printf "{\"pod\": \"%s\"}" "$AGENTOPERATOR_POD_UID" > /dev/termination-log', work]
                args: ["{% raw %}"]
              outputs: [{ name: pod }]
              memoize: { maxAge: 1h, key: v1 }
        """.Replace("{% raw %}", "{{ params.source }}", StringComparison.Ordinal);
}
