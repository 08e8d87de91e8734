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
        KubeConnection connection = Load(Whole);

        connection.ShouldBe(new KubeConnection { Server = new Uri("https://10.0.0.1:6443"), TlsServerName = "kube.example", Token = "t1", Namespace = "team" });
    }

    [Fact]
    public void Another_context_can_be_named()
    {
        KubeConnection connection = Load(Whole, "anonymous");

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
        connection.CertificateAuthorityFile.ShouldBe(Path.Combine(_folder.FullName, "a", "pki/ca.crt"));
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
        connection.CertificateAuthorityFile.ShouldBeNull();
    }

    [Fact]
    public void A_user_may_log_in_by_name_and_act_on_behalf_of_another()
    {
        KubeConnection connection = Load("""
            current-context: x
            clusters:
            - name: c
              cluster: {server: "https://h", disable-compression: true, proxy-url: "socks5://p:1080"}
            users:
            - name: u
              user: {username: jane, password: secret, as: system:admin, as-uid: "7", as-groups: [admins], as-user-extra: {reason: [night shift]}}
            contexts:
            - name: x
              context: {cluster: c, user: u}
            """);

        connection.DisableCompression.ShouldBeTrue();
        connection.Proxy.ShouldBe(new Uri("socks5://p:1080"));
        connection.Login.ShouldBe(new BasicLogin("jane", "secret"));
        connection.ToString().ShouldNotContain("secret");
        connection.Impersonate!.User.ShouldBe("system:admin");
        connection.Impersonate.Uid.ShouldBe("7");
        connection.Impersonate.Groups.ShouldBe(["admins"]);
        connection.Impersonate.Extra["reason"].ShouldBe(["night shift"]);
    }

    [Theory]
    [InlineData("aws", "aws")]
    [InlineData("/usr/bin/aws", "/usr/bin/aws")]
    [InlineData("bin/aws", "FOLDER/bin/aws")]
    [InlineData("./aws", "FOLDER/aws")]
    public void A_plugin_is_read_with_its_arguments_and_variables(string command, string expected)
    {
        KubeConnection connection = Load($$"""
            current-context: x
            clusters:
            - name: c
              cluster:
                server: "https://h"
                extensions:
                - name: other
                  extension: {x: 1}
                - name: client.authentication.k8s.io/exec
                  extension: {audience: "06e3", days: 3, on: true, list: [a]}
            users:
            - name: u
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1beta1
                  command: {{command}}
                  args: [eks, get-token]
                  env: [{name: AWS_PROFILE, value: dev}, {name: EMPTY}]
                  interactiveMode: IfAvailable
                  provideClusterInfo: true
                  installHint: "see https://example.com"
            contexts:
            - name: x
              context: {cluster: c, user: u}
            """);

        ExecPlugin plugin = connection.Exec!;
        plugin.ApiVersion.ShouldBe("client.authentication.k8s.io/v1beta1");
        plugin.Command.ShouldBe(expected.Replace("FOLDER", _folder.FullName, StringComparison.Ordinal));
        plugin.Arguments.ShouldBe(["eks", "get-token"]);
        plugin.Environment.ShouldBe(new Dictionary<string, string> { ["AWS_PROFILE"] = "dev", ["EMPTY"] = "" });
        plugin.ProvideClusterInfo.ShouldBeTrue();
        plugin.ClusterConfig.ShouldBe("""{"audience":"06e3","days":3,"on":true,"list":["a"]}""");
        plugin.InstallHint.ShouldBe("see https://example.com");
    }

    [Fact]
    public void The_environments_proxy_is_taken_unless_the_cluster_names_one()
    {
        Dictionary<string, string> environment = new() { ["HTTPS_PROXY"] = "http://everywhere:3128" };

        KubeConfigLoader.Load(Write("config", Whole), null, environment.GetValueOrDefault).Proxy.ShouldBe(new Uri("http://everywhere:3128"));
        KubeConfigLoader.Load(Write("config", Whole.Replace("tls-server-name: kube.example", "proxy-url: http://own:1", StringComparison.Ordinal)), null, environment.GetValueOrDefault)
            .Proxy.ShouldBe(new Uri("http://own:1"));
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
    [InlineData("token: t1", "exec: {command: aws}", "\"u1\"", "client.authentication.k8s.io/v1")]
    [InlineData("token: t1", "exec: {apiVersion: client.authentication.k8s.io/v1}", "\"u1\"", "no command")]
    [InlineData("token: t1", "exec: {apiVersion: client.authentication.k8s.io/v1, command: aws, interactiveMode: Always}", "\"u1\"", "terminal")]
    [InlineData("token: t1", "auth-provider: {name: gcp}", "\"u1\"", "\"auth-provider\"")]
    [InlineData("token: t1", "token: t1, as-groups: [admins]", "\"u1\"", "\"as\"")]
    [InlineData("tls-server-name: kube.example", "proxy-url: 'ftp://p'", "\"c1\"", "proxy-url")]
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

    private KubeConnection Load(string yaml, string? context = null) => KubeConfigLoader.Load(Write("config", yaml), context, static _ => null);

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
