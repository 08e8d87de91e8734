using System.Net;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Kube.Models;
using AgentOperator.Tooling;
using AgentOperator.Workflows.Triggers.Events;

namespace AgentOperator.EndToEnd.Triggers;

/// <summary>Webhooks over real HTTP.</summary>
public sealed class WebhookTests(ClusterFixture cluster)
{
    [Fact]
    public async Task A_signed_request_becomes_one_run_however_often_it_comes_and_nobody_else_learns_anything()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = Start(ns, 0);
        await ns.ApplyAsync(TriggerYaml.Secret);
        await ns.ApplyAsync(TriggerYaml.Definition($"{TriggerYaml.Push}, {TriggerYaml.Standard}", "concurrency: Allow"));
        await ns.UntilReadyAsync();
        using HookCalls calls = new(await HookCalls.AddressAsync(process, "--webhook-bind-address"));
        string push = $"/v1/hooks/{ns.Name}/d/push";

        (await calls.PushAsync(push, "e1", """{"ref":"main"}""")).ShouldBe((HttpStatusCode.Accepted, "accepted"));
        (await calls.PushAsync(push, "e1", """{"ref":"main"}""")).ShouldBe((HttpStatusCode.OK, "accepted before"));
        Workflow run = await ns.UntilRunAsync("e1", static run => WorkflowPhases.IsFinal(run.Status?.Phase));
        (run.Status!.Phase, run.Status.Steps![0].Outputs!["said"].GetString()).ShouldBe((WorkflowPhases.Succeeded, "main"), run.Status.Message);
        (run.ControllerOwner()!.Name, run.Label(Labels.Trigger), run.Spec.Triggers).ShouldBe(("d", "push", null));

        (HttpStatusCode status, string refusal) = await calls.PushAsync(push, "e2", """{"ref":"main"}""", HookCalls.Sign("""{"ref":"evil"}"""));
        status.ShouldBe(HttpStatusCode.Unauthorized);
        (await calls.PushAsync(push, "e2", """{"ref":"main"}""", HookCalls.Sign("""{"ref":"main"}""", "guess"))).ShouldBe((status, refusal));
        (await calls.PushAsync($"/v1/hooks/{ns.Name}/d/none", "e2", "{}")).ShouldBe((status, refusal));
        (await calls.PushAsync($"/v1/hooks/{ns.Name}/none/push", "e2", "{}")).ShouldBe((status, refusal));
        (await calls.PushAsync("/v1/hooks/none/d/push", "e2", "{}")).ShouldBe((status, refusal));
        (await calls.PushAsync("/v1/hooks/d/push", "e2", "{}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await calls.PushAsync(push, "e2", $$"""{"ref":"{{new string('x', 513 * 1024)}}"}""")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await calls.PushAsync(push, "e2", "{")).ShouldBe((HttpStatusCode.BadRequest, "the body is not JSON (byte 1 of line 1), and its Content-Type says so"));
        (await calls.SendAsync(push, "{}", new Dictionary<string, string> { ["X-Hub-Signature-256"] = HookCalls.Sign("{}"), ["X-GitHub-Event"] = "ping" })).ShouldBe((HttpStatusCode.OK, "not wanted: the trigger's condition is false"));

        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string standard = $"/v1/hooks/{ns.Name}/d/standard";
        (await calls.StandardAsync(standard, "s1", now, """{"ref":"a"}""")).Status.ShouldBe(HttpStatusCode.Accepted);
        (await calls.StandardAsync(standard, "s1", now, """{"ref":"a"}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await calls.StandardAsync(standard, "s2", now.AddMinutes(-6), """{"ref":"a"}""")).ShouldBe((status, refusal));
        (await calls.StandardAsync(standard, "s3", now, """{"ref":"a"}""", "s1")).ShouldBe((status, refusal));
        await ns.UntilRunAsync("s1", static run => WorkflowPhases.IsFinal(run.Status?.Phase));

        await ns.UntilAsync("d", static definition => definition.Status?.Children is null);
        (await ns.RunsAsync()).Select(static one => one.Annotation(Labels.Event)).Order(StringComparer.Ordinal).ShouldBe(["e1", "s1"]);
        EventDelivery kept = await ns.UntilAsync<EventDelivery>(null, static delivery => delivery.EventId == "e1" && delivery.IsHandled, static _ => "not decided on");
        kept.Data.ShouldBeNull();
        (await process.ReadLogAsync(TestContext.Current.CancellationToken)).ShouldNotContain(HookCalls.Secret);
    }

    [Fact]
    public async Task An_event_whose_name_somebody_has_taken_in_advance_is_not_lost()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = Start(ns, 0);
        await ns.ApplyAsync(TriggerYaml.Secret);
        await ns.ApplyAsync(TriggerYaml.Definition(TriggerYaml.Push, "concurrency: Allow"));
        Workflow definition = await ns.UntilReadyAsync();
        using HookCalls calls = new(await HookCalls.AddressAsync(process, "--webhook-bind-address"));
        string push = $"/v1/hooks/{ns.Name}/d/push";
        string name = EventName.OfDelivery("d", definition.Metadata.Uid!, "push", "e1");
        await ns.ApplyAsync($$"""
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: {{name}}, ownerReferences: [{ apiVersion: agentoperator.dev/v1alpha1, kind: Workflow, name: d, uid: "{{definition.Metadata.Uid}}", controller: true }] }
            data: { event: '{ "body": { "ref": "evil" } }' }
            """);

        (await calls.PushAsync(push, "e1", """{"ref":"main"}""")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "delete", "configmap", name, "--namespace", ns.Name);
        (await calls.PushAsync(push, "e1", """{"ref":"main"}""")).ShouldBe((HttpStatusCode.Accepted, "accepted"));
        await ns.UntilRunAsync("e1", static run => run.Status?.Phase == WorkflowPhases.Succeeded);
    }

    [Fact]
    public async Task A_definition_that_is_suspended_or_full_says_so_to_who_has_signed()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = Start(ns, 0);
        await ns.ApplyAsync(TriggerYaml.Definition(TriggerYaml.Standard, "concurrency: Queue", TriggerYaml.Endless));
        Workflow stuck = await ns.UntilAsync("d", static definition => definition.Status?.Triggers?[0].Problem is not null);
        stuck.Status!.Triggers![0].Problem.ShouldBe("there is no Secret hook in this namespace");
        await ns.ApplyAsync(TriggerYaml.Secret);
        using HookCalls calls = new(await HookCalls.AddressAsync(process, "--webhook-bind-address"));
        string path = $"/v1/hooks/{ns.Name}/d/standard";
        DateTimeOffset now = TimeProvider.System.GetUtcNow();

        HttpStatusCode status = HttpStatusCode.Accepted;
        string text = "";
        int accepted = 0;
        for (; status is HttpStatusCode.Accepted or HttpStatusCode.Unauthorized && accepted < 150; accepted += status == HttpStatusCode.Accepted ? 1 : 0)
        {
            // The secret that was not there is looked for again within seconds.
            (status, text) = await calls.StandardAsync(path, $"e{accepted}", now, """{"ref":"a"}""");
        }

        (status, text).ShouldBe((HttpStatusCode.TooManyRequests, "too many events wait, or came today: send it again later"));
        accepted.ShouldBeGreaterThanOrEqualTo(100);
        await ns.ApplyAsync(TriggerYaml.Definition(TriggerYaml.Standard, "concurrency: Queue\n  suspend: true", TriggerYaml.Endless));
        (await calls.StandardAsync(path, "late", now, """{"ref":"a"}""")).Status.ShouldBe(HttpStatusCode.Conflict);
        Workflow suspended = await ns.UntilAsync("d", static definition => definition.Status?.Phase == WorkflowPhases.Suspended);
        suspended.Status!.Message!.ShouldEndWith("events wait");
        (await ns.RunsAsync()).Count.ShouldBe(1);
    }

    /// <summary>The leader is stopped, so that what a follower accepts is kept and no more; then both are killed.</summary>
    [Fact]
    [Trait("Cluster", "local")]
    public async Task An_event_that_was_accepted_runs_once_although_every_operator_is_killed_before_it_began()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await ns.ApplyAsync(TriggerYaml.Secret);
        await ns.ApplyAsync(TriggerYaml.Definition(TriggerYaml.Push));
        await using (OperatorProcess leader = Start(ns, 0, "--leader-elect=true"))
        {
            await ns.UntilReadyAsync();
            await using OperatorProcess follower = Start(ns, 1, "--leader-elect=true");
            using HookCalls calls = new(await HookCalls.AddressAsync(follower, "--webhook-bind-address"));
            leader.Signal(Signal.Stop);

            HttpStatusCode status = HttpStatusCode.ServiceUnavailable;
            while (status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.Unauthorized)
            {
                (status, _) = await calls.PushAsync($"/v1/hooks/{ns.Name}/d/push", "e1", """{"ref":"main"}""");
            }

            status.ShouldBe(HttpStatusCode.Accepted);
            await follower.KillAsync();
            await leader.KillAsync();
        }

        (await ns.RunsAsync()).ShouldBeEmpty();
        await using OperatorProcess next = Start(ns, 2);
        Workflow run = await ns.UntilRunAsync("e1", static run => WorkflowPhases.IsFinal(run.Status?.Phase));
        run.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, run.Status.Message);
        using HookCalls again = new(await HookCalls.AddressAsync(next, "--webhook-bind-address"));
        (await again.PushAsync($"/v1/hooks/{ns.Name}/d/push", "e1", """{"ref":"main"}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await ns.RunsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Replace_cancels_the_run_under_way_with_its_finally_and_then_the_newest_event_runs()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = Start(ns, 0);
        await ns.ApplyAsync(TriggerYaml.Secret);
        await ns.ApplyAsync(TriggerYaml.Definition(TriggerYaml.Push, "concurrency: Replace", TriggerYaml.Endless));
        await ns.UntilReadyAsync();
        using HookCalls calls = new(await HookCalls.AddressAsync(process, "--webhook-bind-address"));
        await calls.PushAsync($"/v1/hooks/{ns.Name}/d/push", "e1", """{"ref":"a"}""");
        await ns.UntilRunAsync("e1", static run => run.Status?.Steps?[0].Phase == StepPhases.Running);

        await calls.PushAsync($"/v1/hooks/{ns.Name}/d/push", "e2", """{"ref":"b"}""");

        await ns.UntilRunAsync("e2", static run => run.Status?.Phase == WorkflowPhases.Running);
        (await ns.UntilRunAsync("e1", static _ => true)).Status!.Phase.ShouldBe(WorkflowPhases.Cancelled);
        Workflow definition = await ns.UntilAsync("d", static one => one.Status?.Triggers?[0].LastEvent?.Id == "e2");
        definition.Status!.Triggers![0].LastEvent!.Outcome.ShouldBe(EventOutcomes.Started);
    }

    private OperatorProcess Start(TestNamespace ns, int life, string elect = "--leader-elect=false") => OperatorProcess.Start(
        Repository.PathTo("artifacts", "test-results", "operator", $"{ns.Name}-{life}.log"),
        "--kubeconfig", cluster.KubeConfigPath, "--namespace", ns.Name, "--lease-namespace", ns.Name, "--webhook-bind-address", "127.0.0.1:0", elect);
}
