using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Patching;
using AgentOperator.Kube.Tests.Server;
using AgentOperator.Testing;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Kube.Tests.Wire;

public sealed class WriteTests
{
    private static readonly ConfigMap Map = new()
    {
        Metadata = new ObjectMeta { Name = "c", Namespace = "ns" },
        Data = new Dictionary<string, string> { ["key"] = "ü \"<&>" },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Limits.Hang)]
    [InlineData(WireProtocol.Http1)]
    [InlineData(WireProtocol.Http2)]
    public async Task Create_posts_the_object_to_its_collection(WireProtocol protocol)
    {
        RecordedRequest request = await SendAsync(client => client.Resource<ConfigMap>("ns").CreateAsync(Map, Stop), protocol);

        (request.Method, request.Path, request.Query, request.ContentType).ShouldBe(("POST", "/api/v1/namespaces/ns/configmaps", "", "application/json"));
        ShouldBeJson(request.Body, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","namespace":"ns"},"data":{"key":"ü \"<&>"}}""");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Apply_patches_by_name_as_the_forcing_manager()
    {
        RecordedRequest request = await SendAsync(client => client.Resource<ConfigMap>("ns").ApplyAsync(Map, new ApplyOptions("me & you"), Stop));

        (request.Method, request.Path, request.Query, request.ContentType).ShouldBe(
            ("PATCH", "/api/v1/namespaces/ns/configmaps/c", "?fieldManager=me%20%26%20you&force=true", "application/apply-patch+yaml"));
        ShouldBeJson(request.Body, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","namespace":"ns"},"data":{"key":"ü \"<&>"}}""");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_dry_run_says_so_in_every_kind_of_write()
    {
        (await SendAsync(client => client.Resource<ConfigMap>("ns").CreateAsync(Map, new WriteOptions { DryRun = true, FieldManager = "m" }, Stop))).Query.ShouldBe("?fieldManager=m&dryRun=All");
        (await SendAsync(client => client.Resource<ConfigMap>("ns").ApplyAsync(Map, new ApplyOptions("m") { DryRun = true }, Stop))).Query.ShouldBe("?fieldManager=m&force=true&dryRun=All");
        ShouldBeJson(
            (await SendAsync(client => client.Resource<ConfigMap>("ns").DeleteAsync("c", new DeleteOptions { DryRun = true }, Stop))).Body,
            """{"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Background","dryRun":["All"]}""");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_strict_client_has_every_write_checked_for_fields_that_do_not_exist()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always("""{"metadata":{"name":"c"}}"""));
        using KubeClient client = new(server.Connection, new KubeClientOptions { FieldValidation = "Strict" });
        ResourceClient<ConfigMap> maps = client.Resource<ConfigMap>("ns");

        await maps.CreateAsync(Map, Stop);
        await maps.ApplyAsync(Map, new ApplyOptions("m"), Stop);
        await maps.ApplyStatusAsync(Map, new ApplyOptions("m"), Stop);
        await maps.PatchAsync("c", Patch.Merge("{}"u8), Stop);
        await maps.PatchStatusAsync("c", Patch.Merge("{}"u8), Stop);

        server.Requests.Count.ShouldBe(5);
        server.Requests.ShouldAllBe(static request => request.Query.Contains("fieldValidation=Strict"));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Text_is_sent_so_that_a_YAML_parser_reads_it_too()
    {
        ConfigMap map = Map with { Data = new Dictionary<string, string> { ["key"] = "🎉 ü \t \u0001 \u0085 \u2028 \ufeff \" \\ / ' <&>" } };

        RecordedRequest request = await SendAsync(client => client.Resource<ConfigMap>("ns").ApplyAsync(map, new ApplyOptions("m"), Stop));

        request.Body.ShouldContain("🎉 ü ");
        request.Body.ShouldNotContain("\\ud83c", Case.Insensitive);
        request.Body.ToCharArray().ShouldAllBe(character => character >= ' ' && character != '\u0085' && character != '\u2028' && character != '\ufeff');
        JsonSerializer.Deserialize(request.Body, ConfigMap.JsonTypeInfo)!.Data!["key"].ShouldBe(map.Data["key"]);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_write_that_the_gate_refuses_is_not_sent_and_a_read_is()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(context => context.Response.WriteAsync("""{"metadata":{"resourceVersion":"1"},"items":[]}"""));
        using KubeClient client = new(server.Connection, mayWrite: static () => false);

        await client.Resource<ConfigMap>("ns").ListAsync(new ListOptions(), Stop);
        await Should.ThrowAsync<WriteFencedException>(client.Resource<ConfigMap>("ns").CreateAsync(Map, Stop));
        await Should.ThrowAsync<WriteFencedException>(client.Resource<ConfigMap>("ns").DeleteAsync("c", new DeleteOptions(), Stop));

        server.Requests.ShouldHaveSingleItem().Method.ShouldBe("GET");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Apply_without_force_says_so() =>
        (await SendAsync(client => client.Resource<ConfigMap>("ns").ApplyAsync(Map, new ApplyOptions("m") { Force = false }, Stop))).Query.ShouldBe("?fieldManager=m&force=false");

    [Fact(Timeout = Limits.Hang)]
    public async Task Status_apply_goes_to_the_status_with_the_version_it_was_decided_from()
    {
        Job job = new() { Metadata = new ObjectMeta { Name = "j", Namespace = "ns", ResourceVersion = "12" }, Status = new JobStatus { Active = 1 } };

        RecordedRequest request = await SendAsync(client => client.Resource<Job>("ns").ApplyStatusAsync(job, new ApplyOptions("m"), Stop));

        (request.Method, request.Path, request.Query, request.ContentType).ShouldBe(
            ("PATCH", "/apis/batch/v1/namespaces/ns/jobs/j/status", "?fieldManager=m&force=true", "application/apply-patch+yaml"));
        ShouldBeJson(request.Body, """{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"j","namespace":"ns","resourceVersion":"12"},"status":{"active":1}}""");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Patches_say_which_format_they_are_in()
    {
        RecordedRequest json = await SendAsync(client => client.Resource<ConfigMap>("ns").PatchAsync("c", Patch.Json("""[{"op":"test","path":"/a","value":1}]"""u8), Stop));
        RecordedRequest merge = await SendAsync(client => client.Resource<ConfigMap>("ns").PatchStatusAsync("c", Patch.Merge("""{"data":null}"""u8), Stop));

        (json.Method, json.Path, json.ContentType, json.Body).ShouldBe(("PATCH", "/api/v1/namespaces/ns/configmaps/c", "application/json-patch+json", """[{"op":"test","path":"/a","value":1}]"""));
        (merge.Method, merge.Path, merge.ContentType, merge.Body).ShouldBe(("PATCH", "/api/v1/namespaces/ns/configmaps/c/status", "application/merge-patch+json", """{"data":null}"""));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Delete_carries_its_preconditions()
    {
        DeleteOptions options = new() { Uid = "u", ResourceVersion = "12", PropagationPolicy = "Foreground", GracePeriodSeconds = 0 };

        RecordedRequest request = await SendAsync(client => client.Resource<Job>("ns").DeleteAsync("j", options, Stop));

        (request.Method, request.Path, request.Query, request.ContentType).ShouldBe(("DELETE", "/apis/batch/v1/namespaces/ns/jobs/j", "", "application/json"));
        ShouldBeJson(request.Body, """{"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Foreground","gracePeriodSeconds":0,"preconditions":{"uid":"u","resourceVersion":"12"}}""");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Delete_without_conditions_sends_none() =>
        ShouldBeJson(
            (await SendAsync(client => client.Resource<Job>("ns").DeleteAsync("j", new DeleteOptions(), Stop))).Body,
            """{"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Background"}""");

    [Theory(Timeout = Limits.Hang)]
    [InlineData(404, "NotFound")]
    [InlineData(409, "Conflict")]
    public async Task Deleting_what_is_gone_or_is_another_object_is_no_error(int code, string reason)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(Answers.Status(code, reason, "no"), code));
        using KubeClient client = server.Connect();

        (await client.Resource<Job>("ns").DeleteAsync("j", new DeleteOptions { Uid = "u" }, Stop)).ShouldBeFalse();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Deleting_without_the_right_is_an_error()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(Answers.Status(403, "Forbidden", "no"), 403));
        using KubeClient client = server.Connect();

        await Should.ThrowAsync<KubeApiException>(() => client.Resource<Job>("ns").DeleteAsync("j", new DeleteOptions(), Stop));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Names_are_escaped() =>
        (await SendAsync(client => client.Resource<ConfigMap>("ns").PatchAsync("system:a/b c", Patch.Merge("{}"u8), Stop))).Path.ShouldBe("/api/v1/namespaces/ns/configmaps/system:a%2Fb c");

    [Fact(Timeout = Limits.Hang)]
    public async Task Cluster_scoped_kinds_have_no_namespace_in_their_path()
    {
        RecordedRequest request = await SendAsync(client => client.Resource<Node>().PatchAsync("n", Patch.Merge("{}"u8), Stop));

        request.Path.ShouldBe("/api/v1/nodes/n");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_namespaced_object_cannot_be_named_or_created_without_a_namespace()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always("{}"));
        using KubeClient client = server.Connect();

        await Should.ThrowAsync<InvalidOperationException>(() => client.Resource<ConfigMap>().GetAsync("c", Stop));
        await Should.ThrowAsync<InvalidOperationException>(() => client.Resource<ConfigMap>().CreateAsync(Map, Stop));
        server.Requests.ShouldBeEmpty();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_server_below_a_path_is_reached_there()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always("""{"metadata":{"name":"c"}}"""));
        using KubeClient client = server.Connect(change: connection => connection with { Server = new Uri(connection.Server, "/k8s/clusters/c-1") });

        await client.Resource<ConfigMap>("ns").GetAsync("c", Stop);

        server.Requests.Single().Path.ShouldBe("/k8s/clusters/c-1/api/v1/namespaces/ns/configmaps/c");
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(WireProtocol.Http1)]
    [InlineData(WireProtocol.Http2)]
    public async Task A_write_that_is_not_answered_in_time_fails(WireProtocol protocol)
    {
        FakeTimeProvider time = new();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedServer server = await ScriptedServer.StartAsync(
            context =>
            {
                asked.TrySetResult();
                return Answers.SilenceAsync(context);
            },
            protocol);
        using KubeClient client = server.Connect(time);

        Task write = client.Resource<ConfigMap>("ns").CreateAsync(Map, Stop);
        await asked.Task;
        time.Advance(KubeClient.RequestTimeout - TimeSpan.FromMilliseconds(1));
        write.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));

        (await Should.ThrowAsync<TimeoutException>(() => write)).Message.ShouldContain("configmaps");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task An_answer_that_stops_half_way_fails_in_time()
    {
        FakeTimeProvider time = new();
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Stream("""{"metadata":""", hold: true));
        using KubeClient client = server.Connect(time);

        Task read = client.Resource<ConfigMap>("ns").GetAsync("c", Stop);
        await Eventually.HoldsAsync(() => server.Requests.Count == 1, Stop);
        time.Advance(KubeClient.RequestTimeout);

        await Should.ThrowAsync<TimeoutException>(() => read);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_server_that_does_not_answer_is_not_ready()
    {
        FakeTimeProvider time = new();
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.SilenceAsync);
        using KubeClient client = server.Connect(time);

        Task<bool> ready = client.IsReadyAsync(Stop);
        await Eventually.HoldsAsync(() => server.Requests.Count == 1, Stop);
        time.Advance(KubeClient.RequestTimeout);

        (await ready).ShouldBeFalse();
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(200, true)]
    [InlineData(500, false)]
    public async Task Readiness_is_what_readyz_says(int code, bool expected)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always("ok", code, "text/plain"));
        using KubeClient client = server.Connect();

        (await client.IsReadyAsync(Stop)).ShouldBe(expected);

        server.Requests.Single().Path.ShouldBe("/readyz");
    }

    private static async Task<RecordedRequest> SendAsync(Func<KubeClient, Task> send, WireProtocol protocol = WireProtocol.Http2)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always("""{"metadata":{"name":"c","resourceVersion":"13"}}"""), protocol);
        using KubeClient client = server.Connect();
        await send(client);
        return server.Requests.ShouldHaveSingleItem();
    }

    private static void ShouldBeJson(string actual, string expected) =>
        JsonNode.DeepEquals(JsonNode.Parse(actual), JsonNode.Parse(expected)).ShouldBeTrue(actual);
}
