using System.Text.Json.Nodes;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Access;
using AgentOperator.EndToEnd.Approvals;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models.Events;
using AgentOperator.Testing;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>The operator as the account of config/rbac, with what that may do and nothing else.</summary>
public sealed class RbacTests(ClusterFixture cluster)
{
    private const string Account = "agentoperator";
    private const string OwnNamespace = "agentoperator-system";

    private const string Workflow = """
        apiVersion: agentoperator.dev/v1alpha1
        kind: Workflow
        metadata: { name: w }
        spec:
          steps:
            - { name: long, container: { image: "agent-operator/samples:0.1", command: [sleep, infinity] } }
        """;

    private const string Asking = """
        apiVersion: agentoperator.dev/v1alpha1
        kind: Workflow
        metadata: { name: asking }
        spec:
          steps:
            - { name: review, agent: { name: code-reviewer, mode: InJob, input: { diff: "diff --git a/x b/x" } }, outputs: [{ name: verdict }] }
        """;

    private static readonly string Large = Workflow.Replace("{ name: w }", "{ name: large }", StringComparison.Ordinal)
        .Replace("command: [sleep, infinity]", $"command: [sh, -c, exec sleep infinity], args: [{string.Join(", ", Enumerable.Repeat(new string('x', 20_000), 2))}]", StringComparison.Ordinal);


    private const string Language = """
        apiVersion: agentoperator.dev/v1alpha1
        kind: Workflow
        metadata: { name: below }
        spec:
          runOnApply: false
          steps: [{ name: work, container: { image: "agent-operator/samples:0.1", command: ["true"] } }]
        ---
        apiVersion: agentoperator.dev/v1alpha1
        kind: Workflow
        metadata: { name: above }
        spec:
          onDelete: Compensate
          params: [{ name: text, value: hello }]
          steps:
            - { name: call, workflow: { name: below } }
            - { name: read, container: { image: "agent-operator/samples:0.1", command: [cat, "{{ file(params.text) }}"] } }
        """;

    /// <summary>Topics need Dapr and a Component of the operator's own: TopicTests read it.</summary>
    private const string ReadForTopics = "get dapr.io/components";

    [Fact]
    public async Task The_operator_needs_no_more_than_config_rbac()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await InstallAsync();
        await using ApiProxy server = await ApiProxy.StartAsync(KubeConfigLoader.Load(cluster.KubeConfigPath));
        OperatorProcess process = Start(ns, server, await TokenAsync(Account, OwnNamespace), OwnNamespace);
        await using (process)
        {
            await ns.ApplyAsync(await File.ReadAllTextAsync(Repository.PathTo("examples", "quickstart", "workflow.yaml"), TestContext.Current.CancellationToken));

            Gate gate = new(ns, cluster.Kubectl, "quickstart", "approve");
            await gate.ApproveAsync(await gate.PersonAsync("alice"), await gate.DigestAsync(), "system:authenticated");
            Workflow ended = await ns.UntilEndedAsync("quickstart");

            ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        }

        string log = Log(process);
        log.ShouldNotContain("forbidden");
        log.ShouldNotContain("The API server warns", Case.Sensitive, "a field that does not exist, or something deprecated, was written");
        server.Refused.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Config_rbac_grants_nothing_that_is_not_used()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await InstallAsync();
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "delete", "lease", "--all", "--namespace", OwnNamespace);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "delete", "secret", "--all", "--namespace", OwnNamespace);
        await using ApiProxy server = await ApiProxy.StartAsync(KubeConfigLoader.Load(cluster.KubeConfigPath));
        OperatorProcess process = Start(ns, server, await TokenAsync(Account, OwnNamespace), OwnNamespace);

        // A create that was sent twice makes the operator look whose Lease and whose Job is there already.
        await ns.ApplyAsync(Workflow);
        Workflow running = await ns.UntilAsync("w", static candidate => candidate.Status?.Steps?[0].Phase == StepPhases.Running);

        // A Job of the workflow that no attempt knows of is deleted, after a look whether the cached workflow is current.
        await ns.ApplyAsync($$"""
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: stray
              labels: { agentoperator.dev/workflow: w }
              ownerReferences: [{ apiVersion: agentoperator.dev/v1alpha1, kind: Workflow, name: w, uid: {{running.Metadata.Uid}}, controller: true }]
            spec:
              suspend: true
              template:
                spec: { restartPolicy: Never, containers: [{ name: main, image: "agent-operator/samples:0.1", command: ["true"] }] }
            """);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "wait", "--for=delete", "--timeout=60s", "job/stray", "--namespace", ns.Name);

        // A spec that is too large for status is written beside it, and a request that is refused twice is one event that came again.
        await ns.ApplyAsync(Large);
        await ns.UntilAsync("large", static candidate => candidate.Status?.Steps?[0].Phase == StepPhases.Running);
        await RequestAsync(ns, "large", "9/Graceful", static workflow => workflow.Status?.LastHandledRequest?.Cancel == "9/Graceful");
        await RequestAsync(ns, "large", null, static workflow => workflow.Status?.LastHandledRequest is null);
        await RequestAsync(ns, "large", "9/Graceful", static workflow => workflow.Status?.LastHandledRequest?.Cancel == "9/Graceful");
        await ns.UntilAnyAsync<Event>(static told => told.Series is { Count: > 1 });

        // A step that is an agent itself is made of what the agent is, and its result comes through the channel.
        await ns.ApplyAsync(await File.ReadAllTextAsync(Repository.PathTo("examples", "code-review", "agent.yaml"), TestContext.Current.CancellationToken));
        await ns.ApplyAsync(Asking);
        (await ns.UntilEndedAsync("asking")).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);
        await LanguageAsync(ns);
        await process.DisposeAsync();

        // The next process, one of those that share the work, reads it from there, drops it when another run begins, and deletes the workflow when its time is up, and decisions on what is gone.
        await using (Start(ns, server, await TokenAsync(Account, OwnNamespace), OwnNamespace, "--sharding"))
        {
            await RequestAsync(ns, "large", "1/Immediate", static workflow => workflow.Status?.Phase == WorkflowPhases.Cancelled);
            await ns.ApplyAsync(Workflow.Replace("{ name: w }", "{ name: large }", StringComparison.Ordinal).Replace("spec:", "spec:\n  ttlAfterFinished: 1s", StringComparison.Ordinal));
            await RequestAsync(ns, "large", null, static workflow => workflow.Status?.Run == 2);
            await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "annotate", "awf", "large", $"{RequestAnnotations.Cancel}=2/Immediate", "--namespace", ns.Name);
            await ns.UntilGoneAsync<Workflow>("large");
            await ns.UntilNoneAsync<Approval>("although their Workflow is gone");
        }

        await WatchNamespacesAsync(ns, server);
        IReadOnlyCollection<string> ofAgents = await Agents.DaprScenario.RunAsync();
        server.Used.Union(ofAgents).Append(ReadForTopics).Distinct().Order(StringComparer.Ordinal).ShouldBe(Granted(await RulesAsync()).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Runs what takes rights beyond those of a plain step: a workflow below, a value as a file, an object that is kept until it is undone, a gate whose decision goes with its run.</summary>
    private async Task LanguageAsync(TestNamespace ns)
    {
        await ns.ApplyAsync(Language);
        (await ns.UntilEndedAsync("above")).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);
        Gate gate = new(ns, cluster.Kubectl);
        Person alice = await gate.PersonAsync("alice", "sre");
        await ns.ApplyAsync(GateYaml.Deploy(quorum: 1));
        await gate.ApproveAsync(alice, await gate.DigestAsync(), "sre");
        (await ns.UntilEndedAsync("deploy")).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "delete", "awf", "deploy", "--namespace", ns.Name);
    }

    [Theory]
    [InlineData(Verbs.Get, "leases")]
    [InlineData(Verbs.List, "pods")]
    [InlineData(Verbs.Watch, "jobs")]
    [InlineData(Verbs.Patch, "workflows/status")]
    public async Task A_missing_verb_is_named_in_the_log(string verb, string resource)
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await InstallAsync();
        await GrantAsync(ns, Without(await RulesAsync(), verb, resource));
        await using ApiProxy server = await ApiProxy.StartAsync(KubeConfigLoader.Load(cluster.KubeConfigPath));
        await using OperatorProcess process = Start(ns, server, await TokenAsync("partial", ns.Name), ns.Name);
        await ns.ApplyAsync(Workflow);
        await server.Refused.WaitAsync(Limits.Patience, TestContext.Current.CancellationToken);

        // The operator hears of the refusal a moment after the proxy.
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Limits.Patience);
        await Eventually.HoldsAsync(() => Log(process).Contains($"cannot {verb} resource \"{resource}\" in API group", StringComparison.Ordinal), patience.Token);
    }

    [Fact]
    public async Task A_missing_verb_for_the_Jobs_of_steps_is_named_on_the_workflow()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await InstallAsync();
        await GrantAsync(ns, Without(await RulesAsync(), Verbs.Create, "jobs"));
        await using ApiProxy server = await ApiProxy.StartAsync(KubeConfigLoader.Load(cluster.KubeConfigPath));
        await using OperatorProcess process = Start(ns, server, await TokenAsync("partial", ns.Name), ns.Name);
        await ns.ApplyAsync(Workflow);

        Workflow ended = await ns.UntilEndedAsync("w");

        ended.Status!.Steps![0].Phase.ShouldBe(StepPhases.Errored);
        ended.Status.Steps[0].Message.ShouldNotBeNull().ShouldContain("cannot create resource \"jobs\" in API group \"batch\"");
    }

    [Theory]
    [InlineData("view", Verbs.List, true)]
    [InlineData("view", Verbs.Create, false)]
    [InlineData("edit", Verbs.Create, true)]
    [InlineData("admin", Verbs.Delete, true)]
    public async Task Roles_of_the_cluster_hold_for_the_kinds_too(string role, string verb, bool may)
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await InstallAsync();
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "rolebinding", "alice", $"--clusterrole={role}", "--user=alice", "--namespace", ns.Name);

        (await CanAsync(ns, verb)).ShouldBe(may);
        (await CanAsync(ns, Verbs.Patch, "--subresource=status")).ShouldBeFalse("only the operator writes status");
    }

    private async Task RequestAsync(TestNamespace ns, string workflow, string? cancel, Func<Workflow, bool> isHandled)
    {
        string annotation = RequestAnnotations.Cancel + (cancel is null ? "-" : $"={cancel}");
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "annotate", "--overwrite", "awf", workflow, annotation, "--namespace", ns.Name);
        await ns.UntilAsync(workflow, isHandled);
    }

    /// <summary>An operator of all namespaces watches them for holds. This one may do nothing else, so that it keeps its hands off other tests.</summary>
    private async Task WatchNamespacesAsync(TestNamespace ns, ApiProxy server)
    {
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "serviceaccount", "watcher", "--namespace", ns.Name);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "clusterrole", ns.Name, "--verb=list,watch", "--resource=namespaces");
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "clusterrolebinding", ns.Name, $"--clusterrole={ns.Name}", $"--serviceaccount={ns.Name}:watcher");
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Limits.Patience);
        await using OperatorProcess process = OperatorProcess.Start(
            Repository.PathTo("artifacts", "test-results", "operator", $"{ns.Name}-all.log"),
            "--kubeconfig",
            WriteKubeConfig($"{ns.Name}-all", server, await TokenAsync("watcher", ns.Name)),
            "--leader-elect=false");
        while (!server.Used.Contains("watch /namespaces"))
        {
            await server.Requested.WaitAsync(patience.Token);
        }
    }

    internal static string WriteKubeConfig(string name, ApiProxy server, string token)
    {
        string folder = Repository.PathTo("artifacts", "test-results", "operator");
        Directory.CreateDirectory(folder);
        string kubeConfig = Path.Combine(folder, $"{name}.kubeconfig");
        File.WriteAllText(kubeConfig, $$"""
            apiVersion: v1
            kind: Config
            current-context: only
            clusters: [{ name: only, cluster: { server: "{{server.Address}}" } }]
            users: [{ name: only, user: { token: "{{token}}" } }]
            contexts: [{ name: only, context: { cluster: only, user: only } }]
            """);
        return kubeConfig;
    }

    private static OperatorProcess Start(TestNamespace ns, ApiProxy server, string token, string leaseNamespace, params string[] more)
    {
        return OperatorProcess.Start(Repository.PathTo("artifacts", "test-results", "operator", $"{ns.Name}.log"), ["--kubeconfig", WriteKubeConfig(ns.Name, server, token), "--namespace", ns.Name, "--lease-namespace", leaseNamespace, "--lease-duration", "6", "--channel-bind-address", "127.0.0.1:0", .. more]);
    }

    /// <summary>All that an operator has logged so far.</summary>
    private static string Log(OperatorProcess process)
    {
        using FileStream file = new(process.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        return reader.ReadToEnd().Replace(@"\u0022", "\"", StringComparison.Ordinal);
    }

    private Task<string> InstallAsync() =>
        cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "apply", "--server-side", "-f", Repository.PathTo("config", "rbac"));

    private async Task<string> TokenAsync(string account, string ns) =>
        (await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "token", account, "--namespace", ns)).Trim();

    private async Task<bool> CanAsync(TestNamespace ns, string verb, params string[] options)
    {
        (_, string answer, _) = await cluster.Kubectl.TryAsync(
            TestContext.Current.CancellationToken, ["auth", "can-i", verb, "workflows.agentoperator.dev", "--as=alice", "--namespace", ns.Name, .. options]);
        return answer.Trim() == "yes";
    }

    /// <summary>The rules of the operator for all namespaces, and for its own.</summary>
    private async Task<JsonArray> RulesAsync() => [.. await RulesAsync("clusterrole"), .. await RulesAsync("role", "--namespace", OwnNamespace)];

    private async Task<IEnumerable<JsonNode>> RulesAsync(params string[] role) =>
        JsonNode.Parse(await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, ["get", role[0], Account, "-o", "json", .. role[1..]]))!["rules"]!.AsArray()
            .Select(static rule => rule!.DeepClone());

    /// <summary>Rules for an account of one namespace, as for an operator with <c>--namespace</c>.</summary>
    private async Task GrantAsync(TestNamespace ns, JsonArray rules)
    {
        JsonObject role = new() { ["apiVersion"] = "rbac.authorization.k8s.io/v1", ["kind"] = "Role", ["metadata"] = new JsonObject { ["name"] = "partial" }, ["rules"] = rules };
        await ns.ApplyAsync(role.ToJsonString());
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "serviceaccount", "partial", "--namespace", ns.Name);
        await cluster.Kubectl.RunAsync(
            TestContext.Current.CancellationToken, "create", "rolebinding", "partial", "--role=partial", $"--serviceaccount={ns.Name}:partial", "--namespace", ns.Name);
    }

    private static JsonArray Without(JsonArray rules, string verb, string resource)
    {
        rules.Where(rule => rule!["resources"]![0]!.GetValue<string>() == resource)
            .Sum(rule => rule!["verbs"]!.AsArray().RemoveAll(node => node!.GetValue<string>() == verb)).ShouldBeGreaterThan(0);

        // A rule needs a verb.
        rules.RemoveAll(static rule => rule!["verbs"]!.AsArray().Count == 0);
        return rules;
    }

    private static IEnumerable<string> Granted(JsonArray rules) =>
        from rule in rules
        from resource in rule["resources"]!.AsArray()
        from verb in rule["verbs"]!.AsArray()
        select $"{verb} {rule["apiGroups"]![0]}/{resource}";
}
