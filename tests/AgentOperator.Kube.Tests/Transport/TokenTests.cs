using System.Net;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Tests.Server;
using AgentOperator.Testing;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Kube.Tests.Transport;

public sealed class TokenTests : IDisposable
{
    private const string Stored = """{"metadata":{"name":"c"}}""";

    private readonly FakeTimeProvider _time = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string TokenFile => Path.Combine(_folder.FullName, "token");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact(Timeout = Limits.Hang)]
    public async Task A_fixed_token_is_sent()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(Stored));
        using KubeClient client = server.Connect(change: connection => connection with { Token = "fixed" });

        await client.Resource<ConfigMap>("ns").GetAsync("c", Stop);

        server.Requests.Single().Authorization.ShouldBe("Bearer fixed");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_fixed_token_that_is_refused_is_not_sent_twice()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(Answers.Status(401, "Unauthorized", "no"), 401));
        using KubeClient client = server.Connect(change: connection => connection with { Token = "fixed" });

        (await Should.ThrowAsync<KubeApiException>(() => client.Resource<ConfigMap>("ns").GetAsync("c", Stop))).Code.ShouldBe(HttpStatusCode.Unauthorized);

        server.Requests.Count.ShouldBe(1);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_token_file_is_read_again_after_a_minute_and_not_before()
    {
        await File.WriteAllTextAsync(TokenFile, "first\n", Stop);
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(Stored));
        using KubeClient client = Connect(server);

        await GetAsync(client);
        await File.WriteAllTextAsync(TokenFile, "second", Stop);
        _time.Advance(TimeSpan.FromSeconds(59));
        await GetAsync(client);
        _time.Advance(TimeSpan.FromSeconds(1));
        await GetAsync(client);

        Tokens(server).ShouldBe(["first", "first", "second"]);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_token_behind_a_link_that_was_turned_is_found_by_its_path()
    {
        string[] versions = [Path.Combine(_folder.FullName, "1"), Path.Combine(_folder.FullName, "2")];
        await File.WriteAllTextAsync(versions[0], "first", Stop);
        await File.WriteAllTextAsync(versions[1], "second", Stop);
        File.CreateSymbolicLink(TokenFile, versions[0]);
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(Stored));
        using KubeClient client = Connect(server);

        await GetAsync(client);
        File.Delete(TokenFile);
        File.CreateSymbolicLink(TokenFile, versions[1]);
        _time.Advance(TimeSpan.FromMinutes(1));
        await GetAsync(client);

        Tokens(server).ShouldBe(["first", "second"]);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("empty")]
    [InlineData("gone")]
    [InlineData("locked")]
    public async Task A_file_in_the_middle_of_its_rotation_leaves_the_old_token_in_use(string state)
    {
        await File.WriteAllTextAsync(TokenFile, "first", Stop);
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(Stored));
        using KubeClient client = Connect(server);
        await GetAsync(client);
        using FileStream? held = state == "locked" ? new FileStream(TokenFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None) : null;
        if (state == "gone")
        {
            File.Delete(TokenFile);
        }
        else if (state == "empty")
        {
            await File.WriteAllTextAsync(TokenFile, "", Stop);
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        await GetAsync(client);

        Tokens(server).ShouldBe(["first", "first"]);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(WireProtocol.Http1)]
    [InlineData(WireProtocol.Http2)]
    public async Task A_refused_token_is_replaced_at_once_and_the_request_sent_again_whole(WireProtocol protocol)
    {
        await File.WriteAllTextAsync(TokenFile, "first", Stop);
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.InTurn(Answers.Always(Stored), Refused, Answers.Always(Stored)), protocol);
        using KubeClient client = Connect(server);
        await GetAsync(client);
        await File.WriteAllTextAsync(TokenFile, "second", Stop);

        await client.Resource<ConfigMap>("ns").CreateAsync(new ConfigMap { Metadata = new ObjectMeta { Name = "c" } }, Stop);

        Tokens(server).ShouldBe(["first", "first", "second"]);
        server.Requests[2].Body.ShouldBe(server.Requests[1].Body);
        server.Requests[2].Body.ShouldContain("\"name\":\"c\"");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_server_that_refuses_the_new_token_too_is_not_asked_a_third_time()
    {
        await File.WriteAllTextAsync(TokenFile, "first", Stop);
        await using ScriptedServer server = await ScriptedServer.StartAsync(async context =>
        {
            await File.WriteAllTextAsync(TokenFile, Guid.NewGuid().ToString(), context.RequestAborted);
            await Refused(context);
        });
        using KubeClient client = Connect(server);

        await Should.ThrowAsync<KubeApiException>(() => GetAsync(client));

        server.Requests.Count.ShouldBe(2);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_token_that_was_rotated_while_the_server_put_a_request_off_is_the_one_sent()
    {
        await File.WriteAllTextAsync(TokenFile, "first", Stop);
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.InTurn(Answers.Always(Stored), Answers.PutOff(429, "20"), Answers.Always(Stored)));
        using KubeClient client = Connect(server);
        await GetAsync(client);
        _time.Advance(TimeSpan.FromSeconds(50));

        Task<ConfigMap> read = GetAsync(client);
        await _time.WaitStartedAsync(TimeSpan.FromSeconds(20), Stop);
        await File.WriteAllTextAsync(TokenFile, "second", Stop);
        _time.Advance(TimeSpan.FromSeconds(20));
        await read;

        Tokens(server).ShouldBe(["first", "first", "second"]);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_token_file_that_was_never_there_is_named()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(Stored));
        using KubeClient client = Connect(server);

        (await Should.ThrowAsync<KubeConfigException>(() => GetAsync(client))).Message.ShouldContain(TokenFile);
    }

    private static Task Refused(HttpContext context) => Answers.Always(Answers.Status(401, "Unauthorized", "no"), 401)(context);

    private static Task<ConfigMap> GetAsync(KubeClient client) => client.Resource<ConfigMap>("ns").GetAsync("c", Stop);

    private static List<string> Tokens(ScriptedServer server) => [.. server.Requests.Select(request => request.Authorization!["Bearer ".Length..])];

    private KubeClient Connect(ScriptedServer server) => server.Connect(_time, connection => connection with { Token = "not this one", TokenFile = TokenFile });
}
