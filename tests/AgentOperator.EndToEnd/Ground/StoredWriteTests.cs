using System.Net;
using System.Text;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Patching;

namespace AgentOperator.EndToEnd.Ground;

/// <summary>What the client's writes do at a real API server.</summary>
public sealed class StoredWriteTests(ClusterFixture cluster)
{
    private static readonly ApplyOptions Ours = new("ours");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_apply_owns_what_it_sends_and_removes_what_it_no_longer_sends()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ResourceClient<ConfigMap> maps = ns.Client.Resource<ConfigMap>(ns.Name);
        await maps.ApplyAsync(Map(ns, ("ours", "1"), ("shared", "1")), Ours, Stop);
        await maps.ApplyAsync(Map(ns, ("theirs", "2"), ("shared", "1")), new ApplyOptions("theirs") { Force = false }, Stop);

        ConfigMap after = await maps.ApplyAsync(Map(ns, ("new", "3")), Ours, Stop);

        after.Data.ShouldBe(new Dictionary<string, string> { ["theirs"] = "2", ["shared"] = "1", ["new"] = "3" }, ignoreOrder: true);
    }

    [Fact]
    public async Task Another_managers_value_is_a_conflict_unless_it_is_taken_by_force()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ResourceClient<ConfigMap> maps = ns.Client.Resource<ConfigMap>(ns.Name);
        await maps.ApplyAsync(Map(ns, ("a", "1")), Ours, Stop);

        (await Should.ThrowAsync<KubeApiException>(() => maps.ApplyAsync(Map(ns, ("a", "2")), new ApplyOptions("theirs") { Force = false }, Stop))).IsConflict.ShouldBeTrue();

        (await maps.ApplyAsync(Map(ns, ("a", "2")), new ApplyOptions("theirs"), Stop)).Data!["a"].ShouldBe("2");
    }

    [Fact]
    public async Task An_apply_that_changes_nothing_is_no_new_version()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ResourceClient<ConfigMap> maps = ns.Client.Resource<ConfigMap>(ns.Name);
        ConfigMap first = await maps.ApplyAsync(Map(ns, ("a", "1")), Ours, Stop);

        ConfigMap second = await maps.ApplyAsync(Map(ns, ("a", "1")), Ours, Stop);

        second.Metadata.ResourceVersion.ShouldBe(first.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task An_apply_with_a_uid_does_not_bring_a_deleted_object_back()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ResourceClient<ConfigMap> maps = ns.Client.Resource<ConfigMap>(ns.Name);
        ConfigMap first = await maps.ApplyAsync(Map(ns, ("a", "1")), Ours, Stop);
        await maps.DeleteAsync("m", new DeleteOptions(), Stop);
        ConfigMap known = Map(ns, ("a", "2")) with { Metadata = new ObjectMeta { Name = "m", Namespace = ns.Name, Uid = first.Metadata.Uid } };

        (await Should.ThrowAsync<KubeApiException>(() => maps.ApplyAsync(known, Ours, Stop))).IsConflict.ShouldBeTrue();
        await maps.CreateAsync(Map(ns), Stop);
        KubeApiException refusal = await Should.ThrowAsync<KubeApiException>(() => maps.ApplyAsync(known, Ours, Stop));
        (refusal.IsConflict || refusal.IsInvalid).ShouldBeTrue(refusal.Message);
        refusal.Message.ShouldContain("uid");
        (await maps.GetAsync("m", Stop)).Data.ShouldBeNull();
    }

    [Fact]
    public async Task Status_and_spec_are_written_apart_and_only_the_spec_counts_generations()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ResourceClient<Workflow> workflows = ns.Client.Resource<Workflow>(ns.Name);
        Workflow created = await workflows.ApplyAsync(Flow(ns, "a"), Ours, Stop);

        Workflow status = await workflows.ApplyStatusAsync(Flow(ns, "ignored") with { Status = new WorkflowStatus { Phase = WorkflowPhases.Running } }, Ours, Stop);
        (status.Spec.Steps[0].Name, status.Status!.Phase, status.Metadata.Generation).ShouldBe(("a", WorkflowPhases.Running, created.Metadata.Generation));
        Workflow spec = await workflows.ApplyAsync(Flow(ns, "b") with { Status = new WorkflowStatus { Phase = WorkflowPhases.Failed } }, Ours, Stop);

        (spec.Spec.Steps[0].Name, spec.Status!.Phase, spec.Metadata.Generation).ShouldBe(("b", WorkflowPhases.Running, created.Metadata.Generation + 1));
    }

    [Fact]
    public async Task A_map_list_is_merged_by_its_key_and_an_atomic_list_is_replaced_whole()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ResourceClient<Workflow> workflows = ns.Client.Resource<Workflow>(ns.Name);
        await workflows.ApplyAsync(Flow(ns, "a"), Ours, Stop);

        await workflows.ApplyStatusAsync(Flow(ns, "a") with { Status = new WorkflowStatus { Conditions = [Condition("Ready")], Steps = [Step("a"), Step("b")] } }, Ours, Stop);
        Workflow both = await workflows.ApplyStatusAsync(
            Flow(ns, "a") with { Status = new WorkflowStatus { Conditions = [Condition("Theirs")], Steps = [Step("c")] } }, new ApplyOptions("theirs"), Stop);

        both.Status!.Conditions!.Select(static condition => condition.Type).ShouldBe(["Ready", "Theirs"], ignoreOrder: true);
        both.Status.Steps!.Select(static step => step.Name).ShouldBe(["c"]);
    }

    [Fact]
    public async Task Patches_do_what_their_formats_say_and_fields_that_no_record_knows_stay()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ResourceClient<ConfigMap> maps = ns.Client.Resource<ConfigMap>(ns.Name);
        await maps.CreateAsync(Map(ns, ("a", "1"), ("b", "1")), Stop);
        await ns.ApplyAsync("""
            apiVersion: v1
            kind: Pod
            metadata: { name: p }
            spec: { setHostnameAsFQDN: true, containers: [{ name: c, image: "registry.example.com/none:1" }] }
            """);

        ConfigMap merged = await maps.PatchAsync("m", Patch.Merge("""{"data":{"a":null,"c":"2"}}"""u8), Stop);
        merged.Data.ShouldBe(new Dictionary<string, string> { ["b"] = "1", ["c"] = "2" }, ignoreOrder: true);
        KubeApiException refused = await Should.ThrowAsync<KubeApiException>(
            () => maps.PatchAsync("m", Patch.Json("""[{"op":"test","path":"/data/b","value":"other"},{"op":"remove","path":"/data/b"}]"""u8), Stop));
        refused.Code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await ns.Client.Resource<Pod>(ns.Name).PatchAsync("p", Patch.Merge("""{"metadata":{"labels":{"x":"y"}}}"""u8), Stop);

        (await cluster.Kubectl.RunAsync(Stop, "get", "pod", "p", "--namespace", ns.Name, "-o", "jsonpath={.spec.setHostnameAsFQDN}")).ShouldBe("true");
    }

    [Fact]
    public async Task A_delete_with_conditions_spares_another_object_and_another_version()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ResourceClient<ConfigMap> maps = ns.Client.Resource<ConfigMap>(ns.Name);
        ConfigMap first = await maps.CreateAsync(Map(ns), Stop);
        await maps.DeleteAsync("m", new DeleteOptions(), Stop);
        ConfigMap second = await maps.CreateAsync(Map(ns), Stop);
        await maps.PatchAsync("m", Patch.Merge("""{"data":{"a":"1"}}"""u8), Stop);

        (await maps.DeleteAsync("m", new DeleteOptions { Uid = first.Metadata.Uid }, Stop)).ShouldBeFalse();
        (await maps.DeleteAsync("m", new DeleteOptions { Uid = second.Metadata.Uid, ResourceVersion = second.Metadata.ResourceVersion }, Stop)).ShouldBeFalse();
        (await maps.FindAsync("m", Stop)).ShouldNotBeNull();

        (await maps.DeleteAsync("m", new DeleteOptions { Uid = second.Metadata.Uid }, Stop)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_field_that_does_not_exist_is_refused_strictly_and_otherwise_warned_of_once()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await ns.Client.Resource<Workflow>(ns.Name).ApplyAsync(Flow(ns, "a"), Ours, Stop);
        List<string> warned = [];
        using KubeClient lenient = ns.Connect(new KubeClientOptions { OnWarning = warned.Add });
        Patch odd = Patch.Merge("""{"spec":{"nope":1}}"""u8);

        (await Should.ThrowAsync<KubeApiException>(() => ns.Client.Resource<Workflow>(ns.Name).PatchAsync("w", odd, Stop))).Message.ShouldContain("nope");
        await lenient.Resource<Workflow>(ns.Name).PatchAsync("w", odd, Stop);
        await lenient.Resource<Workflow>(ns.Name).PatchAsync("w", odd, Stop);

        warned.Single().ShouldContain("unknown field \"spec.nope\"");
    }

    [Fact]
    public async Task A_dry_run_is_judged_by_admission_and_stores_nothing()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ResourceClient<ConfigMap> maps = ns.Client.Resource<ConfigMap>(ns.Name);
        await ns.ApplyAsync($$"""
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: { name: no-secrets-{{ns.Name}} }
            spec:
              failurePolicy: Fail
              matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }] }
              validations: [{ expression: "!has(object.data) || !('password' in object.data)", message: "no passwords here" }]
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: { name: no-secrets-{{ns.Name}} }
            spec:
              policyName: no-secrets-{{ns.Name}}
              validationActions: [Deny]
              matchResources: { namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: {{ns.Name}} } } }
            """);
        WriteOptions dry = new() { DryRun = true };

        // A policy is enforced a moment after it was stored; a dry run leaves nothing behind, so it can be tried until then.
        KubeApiException? refusal = null;
        while (refusal is null)
        {
            try
            {
                await maps.CreateAsync(Map(ns, ("password", "x")), dry, Stop);
            }
            catch (KubeApiException error)
            {
                refusal = error;
            }
        }

        refusal.Message.ShouldContain("no passwords here");
        (await maps.CreateAsync(Map(ns, ("a", "1")), dry, Stop)).Metadata.Uid.ShouldNotBeNull();
        await maps.ApplyAsync(Map(ns, ("a", "1")), Ours with { DryRun = true }, Stop);
        (await maps.FindAsync("m", Stop)).ShouldBeNull();
        await maps.CreateAsync(Map(ns), Stop);
        (await maps.DeleteAsync("m", new DeleteOptions { DryRun = true }, Stop)).ShouldBeTrue();
        (await maps.FindAsync("m", Stop)).ShouldNotBeNull();

        await cluster.Kubectl.RunAsync(Stop, "delete", $"validatingadmissionpolicy/no-secrets-{ns.Name}", $"validatingadmissionpolicybinding/no-secrets-{ns.Name}");
    }

    [Fact]
    public async Task Text_of_any_kind_comes_back_as_it_was_applied()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        string text = new StringBuilder("🎉 ü \t \" \\ / ' <&> : - # | > %").Append('\u0085').Append('\u2028').Append('\ufeff').Append("\r\n").ToString();

        ConfigMap stored = await ns.Client.Resource<ConfigMap>(ns.Name).ApplyAsync(Map(ns, ("a", text)), Ours, Stop);

        stored.Data!["a"].ShouldBe(text);
    }

    private static ConfigMap Map(TestNamespace ns, params (string Key, string Value)[] data) => new()
    {
        Metadata = new ObjectMeta { Name = "m", Namespace = ns.Name },
        Data = data.Length == 0 ? null : data.ToDictionary(static entry => entry.Key, static entry => entry.Value),
    };

    private static Workflow Flow(TestNamespace ns, string step) => new()
    {
        Metadata = new ObjectMeta { Name = "w", Namespace = ns.Name },
        Spec = new WorkflowSpec { Steps = [new WorkflowStep { Name = step, Container = new ContainerStep { Image = "registry.example.com/none:1" } }] },
    };

    private static Condition Condition(string type) => new() { Type = type, Status = ConditionStatus.True, Reason = "Test", Message = "", LastTransitionTime = new Time(DateTimeOffset.UnixEpoch) };

    private static StepStatus Step(string name) => new() { Name = name, Phase = StepPhases.Pending };
}
