using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Tests.Server;
using AgentOperator.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace AgentOperator.Kube.Tests.Transport;

public sealed class TlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _authority.Dispose();

    [Fact(Timeout = Limits.Hang)]
    public async Task The_clusters_authority_and_the_right_address_are_accepted() =>
        await ReadAsync(_authority.IssueServer("127.0.0.1"), connection => connection with { CertificateAuthorityPem = _authority.Pem });

    [Fact(Timeout = Limits.Hang)]
    public async Task A_bundle_of_authorities_may_have_the_right_one_anywhere()
    {
        using TestAuthority other = new("other");

        await ReadAsync(_authority.IssueServer("127.0.0.1"), connection => connection with { CertificateAuthorityPem = other.Pem + "\n" + _authority.Pem });
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("127.0.0.2")]
    [InlineData("kubernetes.default.svc")]
    public async Task The_right_authority_with_another_host_is_refused(string host) =>
        await RefusedAsync(_authority.IssueServer(host), connection => connection with { CertificateAuthorityPem = _authority.Pem });

    [Fact(Timeout = Limits.Hang)]
    public async Task Another_authority_is_refused()
    {
        using TestAuthority other = new();

        await RefusedAsync(other.IssueServer("127.0.0.1"), connection => connection with { CertificateAuthorityPem = _authority.Pem });
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task The_machines_authorities_do_not_vouch_for_a_private_one() =>
        await RefusedAsync(_authority.IssueServer("127.0.0.1"), connection => connection with { CertificateAuthorityPem = null });

    [Fact(Timeout = Limits.Hang)]
    public async Task An_expired_certificate_is_refused() =>
        await RefusedAsync(_authority.IssueServer("127.0.0.1", validDays: -1), connection => connection with { CertificateAuthorityPem = _authority.Pem });

    [Theory(Timeout = Limits.Hang)]
    [InlineData(WireProtocol.Http1)]
    [InlineData(WireProtocol.Http2)]
    public async Task The_tls_server_name_is_verified_in_place_of_the_address(WireProtocol protocol)
    {
        string? asked = null;
        await ReadAsync(
            _authority.IssueServer("kubernetes.example"),
            connection => connection with { CertificateAuthorityPem = _authority.Pem, TlsServerName = "kubernetes.example" },
            protocol,
            https => https.ServerCertificateSelector = (_, name) =>
            {
                asked = name;
                return https.ServerCertificate;
            });

        asked.ShouldBe("kubernetes.example");
        await RefusedAsync(
            _authority.IssueServer("127.0.0.1"),
            connection => connection with { CertificateAuthorityPem = _authority.Pem, TlsServerName = "kubernetes.example" });
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_server_at_an_IPv6_address_is_verified_by_it()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always("""{"metadata":{"name":"c"}}"""), address: IPAddress.IPv6Loopback);
        using KubeClient client = server.Connect();

        await client.Resource<ConfigMap>("ns").GetAsync("c", Stop);

        server.Connection.Server.Host.ShouldBe("[::1]");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Insecure_accepts_anything() =>
        await ReadAsync(_authority.IssueServer("other.example", validDays: -1), connection => connection with { CertificateAuthorityPem = null, InsecureSkipTlsVerify = true });

    [Fact(Timeout = Limits.Hang)]
    public async Task The_client_certificate_is_presented_with_its_intermediates()
    {
        using TestAuthority intermediate = _authority.Intermediate("users of the cluster");
        using X509Certificate2 user = intermediate.IssueClient("jane");
        List<string> presented = [];

        await ReadAsync(
            _authority.IssueServer("127.0.0.1"),
            connection => connection with
            {
                CertificateAuthorityPem = _authority.Pem,
                ClientCertificatePem = user.ExportCertificatePem() + "\n" + intermediate.Pem,
                ClientKeyPem = user.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(),
            },
            tls: https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.ClientCertificateValidation = (certificate, chain, _) =>
                {
                    presented.Add(certificate.Subject);
                    presented.AddRange(chain!.ChainPolicy.ExtraStore.Select(static extra => extra.Subject));
                    return true;
                };
            });

        presented.ShouldContain("CN=jane");
        presented.ShouldContain("CN=users of the cluster");
    }

    [Theory]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    [InlineData("no certificate")]
    public void An_authority_that_is_no_certificate_is_named_at_once(string pem)
    {
        KubeConnection connection = new() { Server = new Uri("https://127.0.0.1:1"), CertificateAuthorityPem = pem };

        Should.Throw<KubeConfigException>(() => new KubeClient(connection)).Message.ShouldContain("certificate authority");
    }

    [Fact]
    public void A_client_key_that_is_no_key_is_named_at_once()
    {
        using X509Certificate2 user = _authority.IssueClient("jane");
        KubeConnection connection = new() { Server = new Uri("https://127.0.0.1:1"), ClientCertificatePem = user.ExportCertificatePem(), ClientKeyPem = "no key" };

        Should.Throw<KubeConfigException>(() => new KubeClient(connection)).Message.ShouldContain("client certificate");
    }

    private static async Task RefusedAsync(X509Certificate2 certificate, Func<KubeConnection, KubeConnection> change)
    {
        HttpRequestException error = await Should.ThrowAsync<HttpRequestException>(() => ReadAsync(certificate, change));
        error.InnerException.ShouldBeOfType<AuthenticationException>();
    }

    private static async Task ReadAsync(
        X509Certificate2 certificate,
        Func<KubeConnection, KubeConnection> change,
        WireProtocol protocol = WireProtocol.Http2,
        Action<HttpsConnectionAdapterOptions>? tls = null)
    {
        using (certificate)
        {
            await using ScriptedServer server = await ScriptedServer.StartAsync(
                Answers.Always("""{"metadata":{"name":"c"}}"""),
                protocol,
                https =>
                {
                    https.ServerCertificate = certificate;
                    tls?.Invoke(https);
                });
            using KubeClient client = server.Connect(change: change);
            await client.Resource<ConfigMap>("ns").GetAsync("c", Stop);
            server.Requests.Single().Host.ShouldBe(change(server.Connection).TlsServerName ?? "127.0.0.1");
        }
    }
}
