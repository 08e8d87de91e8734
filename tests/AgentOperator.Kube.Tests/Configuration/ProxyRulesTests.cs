using AgentOperator.Kube.Configuration;

namespace AgentOperator.Kube.Tests.Configuration;

public sealed class ProxyRulesTests
{
    [Theory]
    [InlineData("https://10.0.3.4:6443", "10.0.0.0/16", true)]
    [InlineData("https://10.1.3.4:6443", "10.0.0.0/16", false)]
    [InlineData("https://10.0.3.4:6443", "10.0.3.9/24", true)]
    [InlineData("https://[fd00::1]:6443", "fd00::/8", true)]
    [InlineData("https://[fd00::1]:6443", "10.0.0.0/8", false)]
    [InlineData("https://10.0.3.4:6443", "10.0.3.4", true)]
    [InlineData("https://10.0.3.4:6443", "10.0.3.4:6443", true)]
    [InlineData("https://10.0.3.4:6443", "10.0.3.4:443", false)]
    [InlineData("https://[fd00::1]:6443", "[fd00::1]:6443", true)]
    [InlineData("https://[fd00::1]:6443", "fd00::1", true)]
    [InlineData("https://kubernetes.default.svc", ".svc", true)]
    [InlineData("https://kubernetes.default.svc", "svc", true)]
    [InlineData("https://svc", ".svc", false)]
    [InlineData("https://svc", "svc", true)]
    [InlineData("https://api.example.com", "*.example.com", true)]
    [InlineData("https://example.com", "*.example.com", false)]
    [InlineData("https://API.Example.com", "example.COM", true)]
    [InlineData("https://notexample.com", "example.com", false)]
    [InlineData("https://anything.example", "*", true)]
    [InlineData("https://10.0.3.4:6443", " a.example , 10.0.0.0/16 ,", true)]
    [InlineData("https://10.0.3.4:6443", "10.0.0.0/99,10.0.0.0/x", false)]
    [InlineData("https://10.0.3.4:6443", "", false)]
    [InlineData("https://localhost:6443", "", true)]
    [InlineData("https://127.0.0.1:6443", "", true)]
    [InlineData("https://[::1]:6443", "", true)]
    public void What_NO_PROXY_names_is_reached_directly(string server, string rules, bool isDirect) =>
        ProxyRules.For(new Uri(server), Environment(("HTTPS_PROXY", "http://proxy:3128"), ("NO_PROXY", rules))).ShouldBe(isDirect ? null : new Uri("http://proxy:3128"));

    [Fact]
    public void The_variable_goes_by_the_servers_scheme_in_either_case()
    {
        Func<string, string?> environment = Environment(("https_proxy", "secure:1"), ("HTTP_PROXY", "socks5://plain:2"), ("no_proxy", "direct.example"));

        ProxyRules.For(new Uri("https://10.0.0.1"), environment).ShouldBe(new Uri("http://secure:1"));
        ProxyRules.For(new Uri("http://10.0.0.1"), environment).ShouldBe(new Uri("socks5://plain:2"));
        ProxyRules.For(new Uri("https://direct.example"), environment).ShouldBeNull();
        ProxyRules.For(new Uri("https://10.0.0.1"), static _ => null).ShouldBeNull();
    }

    [Fact]
    public void What_is_no_address_is_named() =>
        Should.Throw<KubeConfigException>(() => ProxyRules.For(new Uri("https://10.0.0.1"), Environment(("HTTPS_PROXY", "ftp://p")))).Message.ShouldContain("HTTPS_PROXY");

    private static Func<string, string?> Environment(params (string Name, string Value)[] variables) => name => variables.FirstOrDefault(variable => variable.Name == name).Value;
}
