using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Tests.Server;
using AgentOperator.Testing;

namespace AgentOperator.Kube.Tests.Wire;

public sealed class ListTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Limits.Hang)]
    [InlineData(WireProtocol.Http1)]
    [InlineData(WireProtocol.Http2)]
    public async Task A_list_has_its_version_and_every_item(WireProtocol protocol)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(List($"[{Answers.Pod("a")},{Answers.Pod("b")}]")), protocol);
        using KubeClient client = server.Connect();

        KubeList<Pod> list = await client.Resource<Pod>("ns").ListAsync(new ListOptions(), Stop);

        list.Metadata.ResourceVersion.ShouldBe("77");
        list.Items.Select(pod => pod.Metadata.Name).ShouldBe(["a", "b"]);
        list.Unreadable.ShouldBeEmpty();
        server.Requests.Single().Protocol.ShouldBe(protocol == WireProtocol.Http2 ? "HTTP/2" : "HTTP/1.1");
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("""{"metadata":{"resourceVersion":"77"},"items":null}""")]
    [InlineData("""{"metadata":{"resourceVersion":"77"},"items":[]}""")]
    [InlineData("""{"metadata":{"resourceVersion":"77"}}""")]
    public async Task A_list_without_items_is_empty(string body)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(body));
        using KubeClient client = server.Connect();

        (await client.Resource<Pod>("ns").ListAsync(new ListOptions(), Stop)).Items.ShouldBeEmpty();
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("""{"metadata":{"name":"bad","namespace":"ns","uid":"u","resourceVersion":"3"},"status":"not an object"}""")]
    [InlineData("""{"status":{"phase":{}},"metadata":{"name":"bad","namespace":"ns","uid":"u","resourceVersion":"3"}}""")]
    [InlineData("""{"status":{"startTime":"yesterday"},"metadata":{"name":"bad","namespace":"ns","uid":"u","resourceVersion":"3"}}""")]
    [InlineData("""{"status":{"startTime":5},"metadata":{"name":"bad","namespace":"ns","uid":"u","resourceVersion":"3"}}""")]
    public async Task An_item_that_does_not_fit_is_named_and_costs_none_of_the_others(string bad)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(List($"[{Answers.Pod("a")},{bad},{Answers.Pod("c")}]")));
        using KubeClient client = server.Connect();

        KubeList<Pod> list = await client.Resource<Pod>("ns").ListAsync(new ListOptions(), Stop);

        list.Items.Select(pod => pod.Metadata.Name).ShouldBe(["a", "c"]);
        UnreadableObject unreadable = list.Unreadable.ShouldHaveSingleItem();
        unreadable.Metadata.Name.ShouldBe("bad");
        unreadable.Metadata.Namespace.ShouldBe("ns");
        unreadable.Metadata.ResourceVersion.ShouldBe("3");
        unreadable.Problem.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}""")]
    [InlineData("""{"metadata":{"resourceVersion":"77"},"items":[{"metadata":{"name":"a"}}""")]
    public async Task An_answer_that_is_not_a_whole_list_is_never_taken_for_an_empty_one(string body)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(body));
        using KubeClient client = server.Connect();

        await Should.ThrowAsync<JsonException>(() => client.Resource<Pod>("ns").ListAsync(new ListOptions(), Stop));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Items_that_are_not_an_array_are_never_taken_for_an_empty_list()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(List("""{"a":1}""")));
        using KubeClient client = server.Connect();

        await Should.ThrowAsync<JsonException>(() => client.Resource<Pod>("ns").ListAsync(new ListOptions(), Stop));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Selectors_pages_and_versions_are_sent_escaped()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(List("[]")));
        using KubeClient client = server.Connect();
        ListOptions options = new() { LabelSelector = "app in (a,b),tier!=x&y", FieldSelector = "spec.nodeName=n1", ResourceVersion = "0", Limit = 2 };

        await client.Resource<Pod>("ns").ListAsync(options, Stop);
        await client.Resource<Pod>().ListAsync(options with { Continue = "a+b/c=" }, Stop);

        server.Requests[0].Path.ShouldBe("/api/v1/namespaces/ns/pods");
        server.Requests[0].Query.ShouldBe("?labelSelector=app%20in%20%28a%2Cb%29%2Ctier%21%3Dx%26y&fieldSelector=spec.nodeName%3Dn1&resourceVersion=0&limit=2");
        server.Requests[1].Path.ShouldBe("/api/v1/pods");
        server.Requests[1].Query.ShouldEndWith("&limit=2&continue=a%2Bb%2Fc%3D");
        server.Requests[1].Query.ShouldNotContain("resourceVersion");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_page_that_the_server_has_forgotten_is_told_so_that_the_list_begins_anew()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.InTurn(
            Answers.Always($$"""{"metadata":{"resourceVersion":"7","continue":"next"},"items":[{{Answers.Pod("a")}}]}"""),
            Answers.Always(Answers.Status(410, "Expired", "The provided continue parameter is too old"), 410)));
        using KubeClient client = server.Connect();
        KubeList<Pod> first = await client.Resource<Pod>("ns").ListAsync(new ListOptions { Limit = 1, ResourceVersion = "0" }, Stop);

        KubeApiException error = await Should.ThrowAsync<KubeApiException>(
            () => client.Resource<Pod>("ns").ListAsync(new ListOptions { Limit = 1, ResourceVersion = "0", Continue = first.Metadata.Continue }, Stop));

        error.IsExpired.ShouldBeTrue();
        server.Requests[1].Query.ShouldBe("?limit=1&continue=next");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task An_item_with_odd_metadata_is_named_all_the_same()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(
            $$$"""{"metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"odd","namespace":"ns","uid":"u","resourceVersion":"6","creationTimestamp":"yesterday","labels":5}},{{{Answers.Pod("b")}}}]}"""));
        using KubeClient client = server.Connect();

        KubeList<Pod> list = await client.Resource<Pod>("ns").ListAsync(new ListOptions(), Stop);

        list.Items.Single().Metadata.Name.ShouldBe("b");
        UnreadableObject odd = list.Unreadable.Single();
        (odd.Metadata.Name, odd.Metadata.Namespace, odd.Metadata.Uid, odd.Metadata.ResourceVersion).ShouldBe(("odd", "ns", "u", "6"));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_list_that_the_server_compressed_is_read()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(async context =>
        {
            context.Request.Headers.AcceptEncoding.ToString().ShouldContain("gzip");
            context.Response.ContentType = Answers.Json;
            context.Response.Headers.ContentEncoding = "gzip";
            await using GZipStream zip = new(context.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync(Encoding.UTF8.GetBytes(List($"[{Answers.Pod("zipped")}]")), context.RequestAborted);
        });
        using KubeClient client = server.Connect();

        KubeList<Pod> list = await client.Resource<Pod>("ns").ListAsync(new ListOptions(), Stop);

        list.Items.ShouldHaveSingleItem().Metadata.Name.ShouldBe("zipped");
    }

    private static string List(string items) => $$"""{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"77","remainingItemCount":3},"items":{{items}}}""";
}
