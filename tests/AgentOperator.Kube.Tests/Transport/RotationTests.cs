using System.Security.Cryptography.X509Certificates;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Tests.Server;
using AgentOperator.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace AgentOperator.Kube.Tests.Transport;

/// <summary>Certificates that change in their files while the process runs.</summary>
public sealed class RotationTests : IDisposable
{
    private const string Stored = """{"metadata":{"name":"c"}}""";

    private readonly FakeTimeProvider _time = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly TestAuthority _old = new("old authority");
    private readonly TestAuthority _new = new("new authority");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string AuthorityFile => Path.Combine(_folder.FullName, "ca.crt");

    private string CertificateFile => Path.Combine(_folder.FullName, "tls.crt");

    private string KeyFile => Path.Combine(_folder.FullName, "tls.key");

    public void Dispose()
    {
        _old.Dispose();
        _new.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_new_authority_in_the_file_is_trusted_without_a_restart_and_the_old_no_more()
    {
        TestAuthority current = _old;
        await File.WriteAllTextAsync(AuthorityFile, _old.Pem, Stop);
        await using ScriptedServer server = await ScriptedServer.StartAsync(CloseAsync, WireProtocol.Http1, https => https.ServerCertificateSelector = (_, _) => current.IssueServer("127.0.0.1"));
        using KubeClient client = server.Connect(_time, connection => connection with { CertificateAuthorityPem = _old.Pem, CertificateAuthorityFile = AuthorityFile });
        await GetAsync(client);

        current = _new;
        await Should.ThrowAsync<HttpRequestException>(() => GetAsync(client));
        await File.WriteAllTextAsync(AuthorityFile, _new.Pem, Stop);

        // The failed handshake has shown that something has changed: nobody waits for the next look at the file.
        await Should.ThrowAsync<HttpRequestException>(() => GetAsync(client));
        await GetAsync(client);
        current = _old;
        await Should.ThrowAsync<HttpRequestException>(() => GetAsync(client));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_bundle_of_old_and_new_carries_over_the_change()
    {
        TestAuthority current = _old;
        await File.WriteAllTextAsync(AuthorityFile, _old.Pem, Stop);
        await using ScriptedServer server = await ScriptedServer.StartAsync(CloseAsync, WireProtocol.Http1, https => https.ServerCertificateSelector = (_, _) => current.IssueServer("127.0.0.1"));
        using KubeClient client = server.Connect(_time, connection => connection with { CertificateAuthorityPem = _old.Pem, CertificateAuthorityFile = AuthorityFile });
        await GetAsync(client);

        await File.WriteAllTextAsync(AuthorityFile, _old.Pem + "\n" + _new.Pem, Stop);
        _time.Advance(TimeSpan.FromMinutes(5));
        await GetAsync(client);
        current = _new;

        await GetAsync(client);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("half written")]
    [InlineData("gone")]
    [InlineData("empty")]
    public async Task A_file_in_the_middle_of_its_rotation_leaves_what_was_in_use(string state)
    {
        await File.WriteAllTextAsync(AuthorityFile, _old.Pem, Stop);
        await using ScriptedServer server = await ScriptedServer.StartAsync(CloseAsync, WireProtocol.Http1, https => https.ServerCertificate = _old.IssueServer("127.0.0.1"));
        using KubeClient client = server.Connect(_time, connection => connection with { CertificateAuthorityPem = _old.Pem, CertificateAuthorityFile = AuthorityFile });
        await GetAsync(client);

        if (state == "gone")
        {
            File.Delete(AuthorityFile);
        }
        else
        {
            await File.WriteAllTextAsync(AuthorityFile, state == "empty" ? "" : _new.Pem[..40], Stop);
        }

        _time.Advance(TimeSpan.FromMinutes(5));

        await GetAsync(client);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_new_client_certificate_is_presented_after_five_minutes_and_a_watch_goes_on()
    {
        List<string> presented = [];
        using SemaphoreSlim more = new(0);
        await using ScriptedServer server = await ScriptedServer.StartAsync(
            async context =>
            {
                lock (presented)
                {
                    presented.Add(context.Connection.ClientCertificate!.Subject);
                }

                if (context.Request.QueryString.Value!.Contains("watch", StringComparison.Ordinal))
                {
                    await Answers.Stream(Event("8"))(context);
                    await more.WaitAsync(context.RequestAborted);
                    await Answers.Stream(Event("9"))(context);
                }
                else
                {
                    await context.Response.WriteAsync(Stored);
                }
            },
            tls: static https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.AllowAnyClientCertificate();
            });
        Present("jane");
        using KubeClient client = server.Connect(_time, connection => connection with
        {
            ClientCertificatePem = File.ReadAllText(CertificateFile),
            ClientKeyPem = File.ReadAllText(KeyFile),
            ClientCertificateFile = CertificateFile,
            ClientKeyFile = KeyFile,
        });
        await GetAsync(client);
        WatchOptions options = new() { ResourceVersion = "7", Timeout = TimeSpan.FromHours(1) };
        await using IAsyncEnumerator<WatchEvent<Pod>> watch = client.Resource<Pod>("ns").WatchAsync(options, Stop).GetAsyncEnumerator(Stop);
        (await watch.MoveNextAsync()).ShouldBeTrue();

        Present("jane of tomorrow");
        _time.Advance(TimeSpan.FromMinutes(4));
        await GetAsync(client);
        _time.Advance(TimeSpan.FromMinutes(1));
        await GetAsync(client);
        more.Release();
        (await watch.MoveNextAsync()).ShouldBeTrue();

        watch.Current.ResourceVersion.ShouldBe("9");
        presented.ShouldBe(["CN=jane", "CN=jane", "CN=jane", "CN=jane of tomorrow"]);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_certificate_without_its_new_key_is_not_used()
    {
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
        Present("jane");
        string key = await File.ReadAllTextAsync(KeyFile, Stop);
        using KubeClient client = server.Connect(_time, connection => connection with
        {
            ClientCertificatePem = File.ReadAllText(CertificateFile),
            ClientKeyPem = key,
            ClientCertificateFile = CertificateFile,
            ClientKeyFile = KeyFile,
        });

        Present("jane of tomorrow");
        string newKey = await File.ReadAllTextAsync(KeyFile, Stop);
        await File.WriteAllTextAsync(KeyFile, key, Stop);
        _time.Advance(TimeSpan.FromMinutes(5));
        await GetAsync(client);
        await File.WriteAllTextAsync(KeyFile, newKey, Stop);
        _time.Advance(TimeSpan.FromMinutes(5));
        await GetAsync(client);

        presented.ShouldBe(["CN=jane", "CN=jane of tomorrow"]);
    }

    private static string Event(string version) => $$"""{"type":"ADDED","object":{{Answers.Pod("a", version)}}}""" + "\n";

    private static Task CloseAsync(HttpContext context)
    {
        // The next request makes a handshake of its own.
        context.Response.Headers.Connection = "close";
        return context.Response.WriteAsync(Stored);
    }

    private static Task<ConfigMap> GetAsync(KubeClient client) => client.Resource<ConfigMap>("ns").GetAsync("c", Stop);

    private void Present(string user)
    {
        using X509Certificate2 certificate = _old.IssueClient(user);
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }
}
