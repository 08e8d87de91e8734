using AgentOperator.Kube.Configuration;

namespace AgentOperator.Kube.Tests.Configuration;

public sealed class InClusterConfigTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public InClusterConfigTests()
    {
        File.WriteAllText(InFolder("ca.crt"), "ca");
        File.WriteAllText(InFolder("token"), "t");
        File.WriteAllText(InFolder("namespace"), "team\n");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("10.0.0.1", "443", "https://10.0.0.1/")]
    [InlineData("10.0.0.1", "6443", "https://10.0.0.1:6443/")]
    [InlineData("fd00::1", "6443", "https://[fd00::1]:6443/")]
    [InlineData("kubernetes.default.svc", "443", "https://kubernetes.default.svc/")]
    public void The_services_address_is_the_server(string host, string port, string expected)
    {
        KubeConnection connection = InClusterConfig.Load(host, port, _folder.FullName);

        connection.ShouldBe(new KubeConnection
        {
            Server = new Uri(expected),
            CertificateAuthorityPem = "ca",
            CertificateAuthorityFile = InFolder("ca.crt"),
            TokenFile = InFolder("token"),
            Namespace = "team",
        });
    }

    [Theory]
    [InlineData(null, "443")]
    [InlineData("", "443")]
    [InlineData("10.0.0.1", null)]
    [InlineData("10.0.0.1", "tcp://10.0.0.1:443")]
    public void Outside_of_a_pod_the_message_says_what_is_missing(string? host, string? port) =>
        Should.Throw<KubeConfigException>(() => InClusterConfig.Load(host, port, _folder.FullName)).Message.ShouldContain("KUBERNETES_SERVICE_HOST");

    [Fact]
    public void Without_the_clusters_authority_nothing_is_trusted()
    {
        File.Delete(InFolder("ca.crt"));

        Should.Throw<KubeConfigException>(() => InClusterConfig.Load("10.0.0.1", "443", _folder.FullName)).Message.ShouldContain("ca.crt");
    }

    [Fact]
    public void Without_a_namespace_file_the_namespace_is_default()
    {
        File.Delete(InFolder("namespace"));

        InClusterConfig.Load("10.0.0.1", "443", _folder.FullName).Namespace.ShouldBe("default");
    }

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);
}
