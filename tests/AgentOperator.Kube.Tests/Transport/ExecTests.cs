using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Tests.Server;
using AgentOperator.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace AgentOperator.Kube.Tests.Transport;

/// <summary>A plugin is a shell script that answers what stands in a file, and notes that it ran and what it was told.</summary>
public sealed class ExecTests : IDisposable
{
    private const string Version = "client.authentication.k8s.io/v1";
    private const string Stored = """{"metadata":{"name":"c"}}""";

    private readonly FakeTimeProvider _time = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private int Runs => File.Exists(InFolder("runs")) ? File.ReadAllLines(InFolder("runs")).Length : 0;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact(Timeout = Limits.Hang)]
    public async Task The_plugins_token_is_sent_until_it_expires()
    {
        Answer($$"""{"token":"first","expirationTimestamp":"{{_time.GetUtcNow().AddMinutes(10):O}}"}""");
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(Stored));
        using KubeClient client = Connect(server);

        await GetAsync(client);
        await GetAsync(client);
        Answer("""{"token":"second"}""");
        _time.Advance(TimeSpan.FromMinutes(10));
        await GetAsync(client);
        _time.Advance(TimeSpan.FromDays(10));
        await GetAsync(client);

        server.Requests.Select(static request => request.Authorization).ShouldBe(["Bearer first", "Bearer first", "Bearer second", "Bearer second"]);
        Runs.ShouldBe(2);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_refused_token_is_asked_for_again_once()
    {
        Answer("""{"token":"first"}""");
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
            (context.Request.Headers.Authorization == "Bearer second" ? Answers.Always(Stored) : Answers.Always(Answers.Status(401, "Unauthorized", "no"), 401))(context));
        using KubeClient client = Connect(server);

        (await Should.ThrowAsync<KubeApiException>(() => GetAsync(client))).Code.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        Runs.ShouldBe(2);
        Answer("""{"token":"second"}""");
        await GetAsync(client);

        Runs.ShouldBe(3);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Many_requests_at_once_run_the_plugin_once()
    {
        Answer("""{"token":"t"}""");
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(Stored));
        using KubeClient client = Connect(server);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GetAsync(client)));

        Runs.ShouldBe(1);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task The_plugins_certificate_is_presented_and_a_new_one_after_it_expired()
    {
        using TestAuthority users = new("users");
        List<string> presented = [];
        await using ScriptedServer server = await ScriptedServer.StartAsync(
            context =>
            {
                presented.Add(context.Connection.ClientCertificate!.Subject);
                return context.Response.WriteAsync(Stored);
            },
            tls: static https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.AllowAnyClientCertificate();
            });
        using KubeClient client = Connect(server);

        Answer(Certificate(users, "jane", _time.GetUtcNow().AddHours(1)));
        await GetAsync(client);
        Answer(Certificate(users, "jane of tomorrow", _time.GetUtcNow().AddHours(2)));
        await GetAsync(client);
        _time.Advance(TimeSpan.FromHours(1));
        await GetAsync(client);

        presented.ShouldBe(["CN=jane", "CN=jane", "CN=jane of tomorrow"]);
        server.Requests.ShouldAllBe(static request => request.Authorization == null);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_plugin_gets_its_arguments_its_variables_and_the_cluster_only_if_it_wants_to(bool wantsCluster)
    {
        Answer("""{"token":"t"}""");
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(Stored));
        using KubeClient client = Connect(server, plugin => plugin with { ProvideClusterInfo = wantsCluster, ClusterConfig = """{"audience":"a"}""" });

        await GetAsync(client);

        string[] told = await File.ReadAllLinesAsync(InFolder("told"), Stop);
        told[0].ShouldBe("one two words value");
        JsonNode info = JsonNode.Parse(told[1])!;
        info["apiVersion"]!.GetValue<string>().ShouldBe(Version);
        info["kind"]!.GetValue<string>().ShouldBe("ExecCredential");
        info["spec"]!["interactive"]!.GetValue<bool>().ShouldBeFalse();
        if (wantsCluster)
        {
            info["spec"]!["cluster"]!["server"]!.GetValue<string>().ShouldBe(server.Connection.Server.OriginalString);
            System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(info["spec"]!["cluster"]!["certificate-authority-data"]!.GetValue<string>())).ShouldBe(server.Connection.CertificateAuthorityPem);
            info["spec"]!["cluster"]!["config"]!.ToJsonString().ShouldBe("""{"audience":"a"}""");
        }
        else
        {
            info["spec"]!["cluster"].ShouldBeNull();
        }
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("exit 3", "3")]
    [InlineData("echo not logged in >&2; exit 1", "not logged in")]
    [InlineData("echo secret-token", "no ExecCredential")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"status\":{\"token\":\"t\"}}'", "v1beta1")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\"}'", "no status")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{}}'", "neither")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"clientKeyData\":\"k\"}}'", "only one")]
    public async Task What_the_plugin_did_wrong_is_told_without_its_secrets(string script, string words)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(Stored));
        using KubeClient client = Connect(server, script: script);

        KubeConfigException error = await Should.ThrowAsync<KubeConfigException>(() => GetAsync(client));

        error.Message.ShouldContain(words);
        error.Message.ShouldNotContain("secret-token");
        server.Requests.ShouldBeEmpty();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_plugin_that_is_not_installed_is_named_with_the_hint()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(Stored));
        using KubeClient client = server.Connect(change: connection => connection with { Exec = new ExecPlugin(Version, "no-such-plugin") { InstallHint = "Install it from here." } });

        KubeConfigException error = await Should.ThrowAsync<KubeConfigException>(() => GetAsync(client));

        error.Message.ShouldContain("no-such-plugin");
        error.Message.ShouldContain("Install it from here.");
    }

    private static Task<ConfigMap> GetAsync(KubeClient client) => client.Resource<ConfigMap>("ns").GetAsync("c", Stop);

    private static string Certificate(TestAuthority authority, string user, DateTimeOffset end)
    {
        using X509Certificate2 certificate = authority.IssueClient(user);
        string key = certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
        return $$"""{"clientCertificateData":{{JsonSerializer.Serialize(certificate.ExportCertificatePem())}},"clientKeyData":{{JsonSerializer.Serialize(key)}},"expirationTimestamp":"{{end:O}}"}""";
    }

    private void Answer(string status) => File.WriteAllText(InFolder("answer"), $$"""{"apiVersion":"{{Version}}","kind":"ExecCredential","status":{{status}}}""");

    private KubeClient Connect(ScriptedServer server, Func<ExecPlugin, ExecPlugin>? change = null, string? script = null)
    {
        string path = InFolder("plugin.sh");
        File.WriteAllText(path, script ?? $"""
            echo run >> {InFolder("runs")}
            echo "$1 $2 $WORD" > {InFolder("told")}
            echo "$KUBERNETES_EXEC_INFO" >> {InFolder("told")}
            cat {InFolder("answer")}
            """);
        ExecPlugin plugin = new(Version, "/bin/sh") { Arguments = [path, "one", "two words"], Environment = new Dictionary<string, string> { ["WORD"] = "value" } };
        return server.Connect(_time, connection => connection with { Exec = change is null ? plugin : change(plugin) });
    }

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);
}
