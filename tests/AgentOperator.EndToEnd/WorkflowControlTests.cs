using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>What people do to a run, and what they see.</summary>
public sealed class WorkflowControlTests(ClusterFixture cluster)
{
    private const string Image = "image: \"agent-operator/samples:0.1\"";

    private const string Long = $"- {{ name: long, container: {{ {Image}, command: [sleep, infinity] }} }}";

    private const string Quick = $"- {{ name: quick, container: {{ {Image}, command: [\"true\"] }} }}";

    private const string Last = $$$"""
          finally:
          - name: last
            container: { {{{Image}}}, command: [sh, -c, 'printf "{\"phase\": \"%s\"}" "$1" > /dev/termination-log', last], args: ["{{ run.phase }}"] }
            outputs: [{ name: phase }]
        """;

    [Fact]
    public async Task A_suspended_workflow_starts_nothing_until_it_is_resumed()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml("  suspend: true", Quick));
        Workflow suspended = await ns.UntilAsync("w", static candidate => candidate.Status?.Phase == WorkflowPhases.Suspended);
        suspended.Status!.Waiting.ShouldBe("Paused: quick");
        (await JobsAsync(ns)).ShouldBeEmpty();

        await ns.ApplyAsync(Yaml("  suspend: false", Quick));

        Workflow ended = await ns.UntilEndedAsync("w");
        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        ended.Status.Run.ShouldBe(1);
    }

    [Fact]
    public async Task A_graceful_cancel_stops_the_pods_and_then_runs_finally()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml(Last, Long));
        await ns.UntilAsync("w", static candidate => candidate.Status?.Steps?[0].Phase == StepPhases.Running);

        await AnnotateAsync(ns, $"{RequestAnnotations.Cancel}=1/Graceful");

        Workflow ended = await ns.UntilEndedAsync("w");
        ended.Status!.Phase.ShouldBe(WorkflowPhases.Cancelled, ended.Status.Message);
        ended.Status.Steps![0].Phase.ShouldBe(StepPhases.Cancelled);
        ended.Status.Finally![0].Outputs!["phase"].GetString().ShouldBe("Cancelled");
        (await JobsAsync(ns)).Single().Metadata.Name.ShouldBe(ended.Status.Finally[0].Job);
        ended.Status.LastHandledRequest!.Cancel.ShouldBe("1/Graceful");
    }

    [Fact]
    public async Task An_immediate_cancel_stops_the_pods_and_runs_nothing()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml(Last, Long));
        await ns.UntilAsync("w", static candidate => candidate.Status?.Steps?[0].Phase == StepPhases.Running);

        await AnnotateAsync(ns, $"{RequestAnnotations.Cancel}=1/Immediate");

        Workflow ended = await ns.UntilEndedAsync("w");
        ended.Status!.Phase.ShouldBe(WorkflowPhases.Cancelled, ended.Status.Message);
        ended.Status.Finally![0].Phase.ShouldBe(StepPhases.Omitted);
        await ns.UntilNoneAsync<Job>("although the run was cancelled");
        await ns.UntilNoneAsync<Pod>("although the run was cancelled");
    }

    [Fact]
    public async Task A_rerun_takes_over_what_succeeded_and_runs_the_rest_again()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        string Steps(int code) => $$$"""
            - name: make
              container: { {{{Image}}}, command: [sh, -c, 'printf "{\"x\": \"%s\"}" "$AGENTOPERATOR_RUN" > /dev/termination-log'] }
              outputs: [{ name: x }]
            - name: use
              needs: [make]
              container: { {{{Image}}}, command: [sh, -c, "test $0 = 1 && exit {{{code}}}"], args: ["{{ steps.make.outputs.x }}"] }
            """.ReplaceLineEndings("\n  ");
        await ns.ApplyAsync(Yaml("  rerunPolicy: Manual", Steps(7)));
        (await ns.UntilEndedAsync("w")).Status!.Phase.ShouldBe(WorkflowPhases.Failed);
        await ns.ApplyAsync(Yaml("  rerunPolicy: Manual", Steps(0)));

        await AnnotateAsync(ns, $"{RequestAnnotations.Rerun}=1/failed");

        Workflow ended = await ns.UntilAsync("w", static candidate => candidate.Status?.Run == 2 && WorkflowPhases.IsFinal(candidate.Status.Phase));
        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        ended.Status.Steps![0].ReusedFrom.ShouldBe(1);
        ended.Status.Steps[0].Attempt.ShouldBe(0);
        ended.Status.Steps[1].Attempt.ShouldBe(1);
        ended.Status.RerunOf.ShouldBe(1);
    }

    [Theory]
    [InlineData(ChangePolicies.Queue, 1)]
    [InlineData(ChangePolicies.Replace, 2)]
    [InlineData(ChangePolicies.Ignore, 1)]
    public async Task A_change_during_a_run_waits_replaces_it_or_is_ignored(string policy, long run)
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml($"  onChange: {policy}", Long));
        Workflow running = await ns.UntilAsync("w", static candidate => candidate.Status?.Steps?[0].Phase == StepPhases.Running);

        await ns.ApplyAsync(Yaml($"  onChange: {policy}", Quick));

        Workflow changed = policy switch
        {
            ChangePolicies.Replace => await ns.UntilAsync("w", static candidate => candidate.Status?.Run == 2 && WorkflowPhases.IsFinal(candidate.Status.Phase)),
            ChangePolicies.Ignore => await ns.UntilAsync("w", candidate => candidate.Status?.ObservedGeneration > running.Metadata.Generation),
            _ => await ns.UntilAsync("w", static candidate => candidate.Status?.Conditions?.Any(static condition => condition.Message?.Contains("waits for its end", StringComparison.Ordinal) == true) == true),
        };
        changed.Status!.Run.ShouldBe(run);
        if (policy == ChangePolicies.Replace)
        {
            changed.Status.History!.Single().Phase.ShouldBe(WorkflowPhases.Cancelled);
            changed.Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
        }
        else
        {
            changed.Status.Steps![0].Phase.ShouldBe(StepPhases.Running);
        }
    }

    [Fact]
    public async Task Deletion_cancels_the_run_even_while_a_finalizer_keeps_the_object()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml(Last, Long).Replace("metadata: { name: w }", "metadata: { name: w, finalizers: [example.com/keep] }", StringComparison.Ordinal));
        await ns.UntilAsync("w", static candidate => candidate.Status?.Steps?[0].Phase == StepPhases.Running);

        await KubectlAsync(ns, "delete", "awf", "w", "--wait=false");

        Workflow ended = await ns.UntilEndedAsync("w");
        ended.Status!.Phase.ShouldBe(WorkflowPhases.Cancelled);
        ended.Status.Finally![0].Phase.ShouldBe(StepPhases.Omitted);
        await ns.UntilNoneAsync<Job>("although their workflow is going");
        await KubectlAsync(ns, "patch", "awf", "w", "--type=merge", "-p", """{"metadata":{"finalizers":null}}""");
        await ns.UntilNoneAsync<Workflow>("although nothing keeps it");
    }

    [Fact]
    public async Task No_run_starts_in_a_namespace_that_is_held()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "label", "namespace", ns.Name, $"{Labels.Hold}=true");
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml("", Quick));
        Workflow held = await ns.UntilAsync("w", static candidate => candidate.Status?.Waiting is not null);
        held.Status!.Waiting.ShouldBe("Held");
        held.Status.Run.ShouldBeNull();

        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "label", "namespace", ns.Name, $"{Labels.Hold}-");

        (await ns.UntilEndedAsync("w")).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_stopped_and_finally_runs()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml($"  timeouts: {{ run: 2s }}\n{Last}", Long));

        Workflow ended = await ns.UntilEndedAsync("w");
        ended.Status!.Phase.ShouldBe(WorkflowPhases.Failed);
        ended.Status.Message.ShouldBe("the run took longer than timeouts.run");
        ended.Status.Steps![0].Reason.ShouldBe("RunDeadlineExceeded");
        ended.Status.Finally![0].Outputs!["phase"].GetString().ShouldBe("Failed");
    }

    [Fact]
    public async Task People_read_in_events_what_went_wrong_and_what_comes_next()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml("", $$"""
            - name: flaky
              container: { {{Image}}, command: [sh, -c, 'echo attempt $AGENTOPERATOR_ATTEMPT > /dev/termination-log; test $AGENTOPERATOR_ATTEMPT = 2'] }
              retry: { limit: 1, backoff: { initial: 1s, jitterPercent: 50 } }
            """.ReplaceLineEndings("\n  ")));
        Workflow ended = await ns.UntilEndedAsync("w");
        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        ended.Status.Steps![0].Attempt.ShouldBe(2);

        await ns.UntilAnyAsync<Kube.Models.Events.Event>(static told => told.Reason == EventReasons.RunSucceeded);
        string events = await KubectlAsync(ns, "get", "events");
        events.ShouldMatch(@"Normal +RunStarted +workflow/w +run 1 started");
        events.ShouldMatch(@"Warning +StepRetried +workflow/w +step flaky, attempt 1: NonZeroExit: exit code 1: attempt 1; the next attempt is due at ");
        (await KubectlAsync(ns, "describe", "awf", "w")).ShouldMatch(@"Normal +RunSucceeded +.* run 1: 1 of 1 steps succeeded");
    }

    [Fact]
    public async Task A_Job_that_the_cluster_forbids_is_tried_again_under_OnError_and_says_why()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync($$"""
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: { name: {{ns.Name}} }
            spec:
              failurePolicy: Fail
              matchConstraints:
                namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: {{ns.Name}} } }
                resourceRules: [{ apiGroups: [batch], apiVersions: [v1], operations: [CREATE], resources: [jobs] }]
              validations: [{ expression: "has(object.metadata.labels) && 'agentoperator.dev/attempt' in object.metadata.labels && object.metadata.labels['agentoperator.dev/attempt'] == '2'", reason: Forbidden, message: only second attempts today }]
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: { name: {{ns.Name}} }
            spec: { policyName: {{ns.Name}}, validationActions: [Deny] }
            """);
        await cluster.UntilRefusedAsync(ns, "only second attempts today");
        await ns.ApplyAsync(Yaml("", Quick.Replace("name: quick,", "name: quick, retry: { limit: 1, policy: OnError },", StringComparison.Ordinal)));

        Workflow ended = await ns.UntilEndedAsync("w");
        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        ended.Status.Steps![0].Attempt.ShouldBe(2);
        await ns.UntilAnyAsync<Kube.Models.Events.Event>(static told => told.Note?.Contains("JobRefused", StringComparison.Ordinal) == true && told.Note.Contains("only second attempts today", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Jobs_go_when_their_run_leaves_history()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        List<string> jobs = [];
        for (int run = 1; run <= 3; run++)
        {
            await ns.ApplyAsync(Yaml($"  historyLimit: 1\n  runToken: t{run}", Quick));
            Workflow ended = await ns.UntilAsync("w", candidate => candidate.Status?.Run == run && WorkflowPhases.IsFinal(candidate.Status.Phase));
            jobs.Add(ended.Status!.Steps![0].Job!);
        }

        await ns.UntilGoneAsync<Job>(jobs[0]);
        (await JobsAsync(ns)).Select(static job => job.Metadata.Name!).Order(StringComparer.Ordinal).ShouldBe(jobs[1..].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_workflow_goes_after_its_time()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Yaml("  ttlAfterFinished: 1s", Quick));
        await ns.UntilAnyAsync<Job>(static _ => true);

        await ns.UntilNoneAsync<Workflow>("although its time after the end is up");
        await ns.UntilNoneAsync<Job>("although their workflow is gone");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_large_spec_is_kept_beside_the_status_and_a_run_ends_when_it_is_lost(bool isLost)
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        string large = Long.Replace("command: [sleep, infinity]", $"command: [sleep, infinity], env: [{{ name: A, value: {new string('x', 20_000)} }}, {{ name: B, value: {new string('x', 20_000)} }}]", StringComparison.Ordinal);
        Workflow running;
        await using (cluster.StartOperator(ns))
        {
            await ns.ApplyAsync(Yaml(Last, large));
            running = await ns.UntilAsync("w", static candidate => candidate.Status?.Steps?[0].Phase == StepPhases.Running);
        }

        string revision = running.Status!.RunSpecRevision.ShouldNotBeNull();
        running.Status.RunSpec.ShouldBeNull();
        if (isLost)
        {
            await KubectlAsync(ns, "delete", "controllerrevision", revision);
        }

        await AnnotateAsync(ns, $"{RequestAnnotations.Cancel}=1/Graceful");
        await using OperatorProcess second = cluster.StartOperator(ns);
        Workflow ended = await ns.UntilEndedAsync("w");
        ended.Status!.Phase.ShouldBe(isLost ? WorkflowPhases.Failed : WorkflowPhases.Cancelled, ended.Status.Message);
        ended.Status.Finally![0].Phase.ShouldBe(isLost ? StepPhases.Errored : StepPhases.Succeeded);

        await ns.ApplyAsync(Yaml("", Quick));
        await ns.UntilAsync("w", static candidate => candidate.Status?.Run == 2 && WorkflowPhases.IsFinal(candidate.Status.Phase));
        await ns.UntilGoneAsync<ControllerRevision>(revision);
    }

    [Fact]
    public async Task Secrets_files_and_facts_of_the_pod_reach_a_step()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await KubectlAsync(ns, "create", "secret", "generic", "key", "--from-literal=token=s3cret");
        await KubectlAsync(ns, "create", "configmap", "files", "--from-literal=greeting=hello");
        await ns.ApplyAsync(Yaml("", $$"""
            - name: look
              container:
                {{Image}}
                command: [sh, -c, 'printf "{\"seen\": \"%s %s %s %s\"}" "$TOKEN" "$NS" "$(cat /files/greeting)" "$greeting" > /dev/termination-log']
                env:
                - { name: TOKEN, valueFrom: { secretKeyRef: { name: key, key: token } } }
                - { name: NS, valueFrom: { fieldRef: { fieldPath: metadata.namespace } } }
                envFrom: [{ configMapRef: { name: files } }]
                volumes: [{ name: files, configMap: { name: files } }]
                volumeMounts: [{ name: files, mountPath: /files }]
                securityContext: { readOnlyRootFilesystem: true }
              outputs: [{ name: seen }]
            """.ReplaceLineEndings("\n  ")));

        Workflow ended = await ns.UntilEndedAsync("w");
        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        ended.Status.Steps![0].Outputs!["seen"].GetString().ShouldBe($"s3cret {ns.Name} hello hello");
    }

    private async Task AnnotateAsync(TestNamespace ns, string annotation) => await KubectlAsync(ns, "annotate", "awf", "w", annotation);

    private Task<string> KubectlAsync(TestNamespace ns, params string[] arguments) =>
        cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, [.. arguments, "--namespace", ns.Name]);

    private static async Task<IReadOnlyList<Job>> JobsAsync(TestNamespace ns) => (await ns.Client.Resource<Job>(ns.Name).ListAsync(new ListOptions(), TestContext.Current.CancellationToken)).Items;

    private static string Yaml(string spec, string steps) =>
        $"apiVersion: agentoperator.dev/v1alpha1\nkind: Workflow\nmetadata: {{ name: w }}\nspec:\n{spec}\n  steps:\n  {steps}\n";
}
