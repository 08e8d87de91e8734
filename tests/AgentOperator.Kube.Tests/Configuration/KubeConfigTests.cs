using System.Text;
using AgentOperator.Kube.Configuration;

namespace AgentOperator.Kube.Tests.Configuration;

public sealed class KubeConfigTests : IDisposable
{
    private const string Whole = """
        apiVersion: v1
        kind: Config
        current-context: dev
        clusters:
        - name: c1
          cluster: {server: "https://10.0.0.1:6443", tls-server-name: kube.example}
        - name: c2
          cluster: {server: "https://10.0.0.2:6443", insecure-skip-tls-verify: true}
        users:
        - name: u1
          user: {token: t1}
        contexts:
        - name: dev
          context: {cluster: c1, user: u1, namespace: team}
        - name: anonymous
          context: {cluster: c2}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_current_context_says_where_and_as_whom()
    {
        KubeConnection connection = KubeConfigLoader.Load(Write("config", Whole));

        connection.ShouldBe(new KubeConnection { Server = new Uri("https://10.0.0.1:6443"), TlsServerName = "kube.example", Token = "t1", Namespace = "team" });
    }

    [Fact]
    public void Another_context_can_be_named()
    {
        KubeConnection connection = KubeConfigLoader.Load(Write("config", Whole), "anonymous");

        connection.ShouldBe(new KubeConnection { Server = new Uri("https://10.0.0.2:6443"), InsecureSkipTlsVerify = true });
    }

    [Fact]
    public void Of_several_files_the_first_that_names_something_wins()
    {
        string first = Write("first", """
            current-context: mine
            contexts:
            - name: mine
              context: {cluster: c1, user: u1}
            users:
            - name: u1
              user: {token: from the first}
            """);
        string paths = string.Join(Path.PathSeparator, first, Path.Combine(_folder.FullName, "not there"), Write("second", Whole));

        KubeConnection connection = KubeConfigLoader.Load(paths);

        connection.Server.Host.ShouldBe("10.0.0.1");
        connection.Token.ShouldBe("from the first");
        connection.Namespace.ShouldBe("default");
    }

    [Fact]
    public void An_empty_file_among_several_is_nothing()
    {
        string paths = string.Join(Path.PathSeparator, Write("empty", ""), Write("nothing but a comment", "# nothing\n"), Write("second", Whole));

        KubeConfigLoader.Load(paths).Token.ShouldBe("t1");
    }

    [Fact]
    public void Paths_are_relative_to_the_file_they_stand_in()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "a", "pki"));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "b"));
        Write("a/pki/ca.crt", "ca");
        Write("b/client.crt", "certificate");
        Write("b/client.key", "key");
        string clusters = Write("a/config", """
            clusters:
            - name: c
              cluster: {server: "https://h", certificate-authority: pki/ca.crt}
            """);
        string users = Write("b/config", """
            current-context: x
            users:
            - name: u
              user: {client-certificate: client.crt, client-key: ./client.key, tokenFile: token}
            contexts:
            - name: x
              context: {cluster: c, user: u}
            """);

        KubeConnection connection = KubeConfigLoader.Load(clusters + Path.PathSeparator + users);

        connection.CertificateAuthorityPem.ShouldBe("ca");
        connection.ClientCertificatePem.ShouldBe("certificate");
        connection.ClientKeyPem.ShouldBe("key");
        Path.GetFullPath(connection.TokenFile!).ShouldBe(Path.Combine(_folder.FullName, "b", "token"));
    }

    [Fact]
    public void Inline_data_beats_a_file()
    {
        KubeConnection connection = Load($$"""
            current-context: x
            clusters:
            - name: c
              cluster: {server: "https://h", certificate-authority: /not/there, certificate-authority-data: {{Base64("inline ca")}}}
            users:
            - name: u
              user: {client-certificate: /not/there, client-certificate-data: {{Base64("inline certificate")}}, client-key-data: {{Base64("inline key")}}}
            contexts:
            - name: x
              context: {cluster: c, user: u}
            """);

        connection.CertificateAuthorityPem.ShouldBe("inline ca");
        connection.ClientCertificatePem.ShouldBe("inline certificate");
        connection.ClientKeyPem.ShouldBe("inline key");
    }

    [Fact]
    public void Null_is_the_same_as_absent()
    {
        KubeConnection connection = Load("""
            current-context: x
            clusters:
            - name: c
              cluster: {server: "https://h", certificate-authority: null, tls-server-name: ~}
            users:
            - name: u
              user: {token: null, exec: null, username: ""}
            contexts:
            - name: x
              context: {cluster: c, user: u, namespace: null}
            """);

        connection.ShouldBe(new KubeConnection { Server = new Uri("https://h") });
    }

    [Theory]
    [InlineData("current-context: dev", "current-context: prod", "\"prod\"", "dev, anonymous")]
    [InlineData("current-context: dev", "", "current-context", "kubectl config use-context")]
    [InlineData("cluster: c1,", "cluster: c9,", "cluster \"c9\"", "c1, c2")]
    [InlineData("cluster: c1,", "", "names no cluster", "dev")]
    [InlineData("user: u1", "user: u9", "user \"u9\"", "u1")]
    [InlineData("server: \"https://10.0.0.1:6443\",", "", "\"c1\"", "server address")]
    [InlineData("https://10.0.0.1:6443", "localhost:6443", "\"c1\"", "server address")]
    [InlineData("token: t1", "exec: {command: aws}", "\"u1\"", "\"exec\"")]
    [InlineData("token: t1", "username: admin, password: x", "\"u1\"", "\"username\"")]
    [InlineData("token: t1", "token: t1, as: admin", "\"u1\"", "\"as\"")]
    [InlineData("tls-server-name: kube.example", "proxy-url: http://p", "\"c1\"", "\"proxy-url\"")]
    [InlineData("tls-server-name: kube.example", "certificate-authority: /not/there.crt", "certificate-authority", "/not/there.crt")]
    [InlineData("tls-server-name: kube.example", "certificate-authority-data: '%%'", "certificate-authority-data", "base64")]
    [InlineData("token: t1", "client-certificate-data: YQ==", "\"u1\"", "client-key")]
    [InlineData("token: t1", "client-key-data: YQ==", "\"u1\"", "client-certificate")]
    public void What_cannot_be_used_is_named(string right, string wrong, params string[] words)
    {
        Whole.ShouldContain(right);

        string message = Should.Throw<KubeConfigException>(() => Load(Whole.Replace(right, wrong, StringComparison.Ordinal))).Message;

        foreach (string word in words)
        {
            message.ShouldContain(word, Case.Sensitive);
        }
    }

    [Fact]
    public void Broken_yaml_names_the_file_and_the_line()
    {
        string path = Write("config", "clusters:\n- name: c\n  cluster: {server: [}\n");

        string message = Should.Throw<KubeConfigException>(() => KubeConfigLoader.Load(path)).Message;

        message.ShouldContain(path);
        message.ShouldContain("line 3");
    }

    [Fact]
    public void A_file_that_is_not_there_is_named_with_what_to_do()
    {
        string path = Path.Combine(_folder.FullName, "none");

        string message = Should.Throw<KubeConfigException>(() => KubeConfigLoader.Load(path)).Message;

        message.ShouldContain(path);
        message.ShouldContain("--kubeconfig");
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        string path = Write("config", Whole);
        using FileStream held = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Should.Throw<KubeConfigException>(() => KubeConfigLoader.Load(path)).Message.ShouldContain(path);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private KubeConnection Load(string yaml) => KubeConfigLoader.Load(Write("config", yaml));

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
