using System.IO.Compression;
using System.Text;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Tests.Server;
using AgentOperator.Testing;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Kube.Tests.Wire;

public sealed class HeaderTests
{
    private const string Stored = """{"metadata":{"name":"c"}}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limits.Hang)]
    public async Task Name_and_password_are_sent()
    {
        RecordedRequest request = await SendAsync(static connection => connection with { Login = new BasicLogin("jane", "päss:word") });

        Encoding.UTF8.GetString(Convert.FromBase64String(request.Authorization!["Basic ".Length..])).ShouldBe("jane:päss:word");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_token_wins_over_a_name() =>
        (await SendAsync(static connection => connection with { Login = new BasicLogin("jane", "x"), Token = "t" })).Authorization.ShouldBe("Bearer t");

    [Fact(Timeout = Limits.Hang)]
    public async Task Who_is_impersonated_stands_in_the_headers()
    {
        RecordedRequest request = await SendAsync(static connection => connection with
        {
            Token = "t",
            Impersonate = new Impersonation("jane") { Uid = "7", Groups = ["a, b"], Extra = new Dictionary<string, IReadOnlyList<string>> { ["example.com/reason"] = ["night shift"] } },
        });

        request.Authorization.ShouldBe("Bearer t");
        request.Headers["Impersonate-User"].ShouldBe("jane");
        request.Headers["Impersonate-Uid"].ShouldBe("7");
        request.Headers["Impersonate-Group"].ShouldBe("a, b");
        request.Headers["Impersonate-Extra-example.com%2Freason"].ShouldBe("night shift");
    }

    [Fact]
    public void Several_groups_are_refused_because_they_would_be_sent_as_one()
    {
        KubeConnection connection = new() { Server = new Uri("https://127.0.0.1:1"), Impersonate = new Impersonation("jane") { Groups = ["a", "b"] } };

        Should.Throw<KubeConfigException>(() => new KubeClient(connection)).Message.ShouldContain("groups");
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(false, "gzip")]
    [InlineData(true, null)]
    public async Task Compression_is_asked_for_unless_told_not_to(bool isDisabled, string? accepted) =>
        (await SendAsync(connection => connection with { DisableCompression = isDisabled })).Headers.GetValueOrDefault("Accept-Encoding").ShouldBe(accepted);

    [Fact(Timeout = Limits.Hang)]
    public async Task Each_warning_of_the_server_is_told_once()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.Headers.Append("Warning", """299 - "unknown field \"spec.x\"" """.Trim());
            context.Response.Headers.Append("Warning", $"299 - \"deprecated {context.Request.Path.Value![^1]}\"");
            return context.Response.WriteAsync(Stored);
        });
        List<string> told = [];
        using KubeClient client = new(server.Connection, new KubeClientOptions { OnWarning = told.Add });

        foreach (string name in (string[])["a", "b", "a"])
        {
            await client.Resource<ConfigMap>("ns").GetAsync(name, Stop);
        }

        told.ShouldBe(["unknown field \"spec.x\"", "deprecated a", "deprecated b"]);
    }

    [Fact]
    public void A_server_that_is_not_verified_is_told_once()
    {
        List<string> told = [];
        KubeConnection connection = new() { Server = new Uri("https://127.0.0.1:1"), InsecureSkipTlsVerify = true };
        using KubeClient client = new(connection, new KubeClientOptions { OnWarning = told.Add });

        told.Single().ShouldContain("127.0.0.1:1");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task An_answer_that_never_ends_does_not_fill_the_memory()
    {
        byte[] zeros = new byte[1 << 20];
        await using ScriptedServer server = await ScriptedServer.StartAsync(async context =>
        {
            // A thousandth of it goes over the wire.
            context.Response.Headers.ContentEncoding = "gzip";
            await using GZipStream zip = new(context.Response.Body, CompressionLevel.Fastest);
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await zip.WriteAsync(zeros, context.RequestAborted);
            }
        });
        using KubeClient client = server.Connect();

        IOException error = await Should.ThrowAsync<IOException>(() => client.Resource<ConfigMap>("ns").GetAsync("c", Stop));

        error.Message.ShouldContain("longer than");
    }

    private static async Task<RecordedRequest> SendAsync(Func<KubeConnection, KubeConnection> change)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(Stored));
        using KubeClient client = server.Connect(change: change);
        await client.Resource<ConfigMap>("ns").GetAsync("c", Stop);
        return server.Requests.Single();
    }
}
