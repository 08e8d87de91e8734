using AgentOperator.AgentRuntime.Hosting;

namespace AgentOperator.AgentRuntime.Tests.Hosting;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData(null, null, null, null, 8080)]
    [InlineData(null, null, "10.1.2.3", null, 8080)]
    [InlineData(null, null, "127.3.0.7", "127.3.0.7", 8080)]
    [InlineData(null, "127.3.0.7:9000", "127.3.0.8", "127.3.0.7", 9000)]
    [InlineData(":0", "127.3.0.7:9000", null, null, 0)]
    [InlineData("[::1]:80", null, null, "::1", 80)]
    public void Flag_then_variable_then_a_loopback_pod_address_then_everywhere(string? flag, string? variable, string? pod, string? host, int port)
    {
        ListenAddress address = ListenAddress.Choose(flag, name => name == "POD_IP" ? pod : name == ListenAddress.Variable ? variable : null);
        address.Host?.ToString().ShouldBe(host);
        (address.Host is null).ShouldBe(host is null);
        address.Port.ShouldBe(port);
    }

    [Theory]
    [InlineData("8080")]
    [InlineData("host:80")]
    [InlineData(":70000")]
    public void Says_what_is_no_address(string text) => Should.Throw<FormatException>(() => ListenAddress.Choose(text, static _ => null)).Message.ShouldContain("IP:PORT");
}
