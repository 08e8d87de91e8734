using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AgentOperator.Tooling;

namespace AgentOperator.Local.Tests.Dapr;

/// <summary>Dapr's own SDK for JavaScript (npm @dapr/dapr) against the sidecar: a client that nobody here wrote.</summary>
public sealed class JavaScriptSdkTests
{
    [Fact]
    public async Task Its_client_works()
    {
        string folder = await InstallAsync();
        TestResources resources = TestResources.Usual().Component("secrets", "secretstores.local.env");
        await using TestSidecar sidecar = await TestSidecar.StartAsync(resources, "js", configure: static options => options with
        {
            ApiToken = "a-token",
            Environment = new Dictionary<string, string> { ["TEST_SECRET_1"] = "secret_val_1", ["TEST_SECRET_2"] = "secret_val_2" },
        });
        await RunAsync(folder, "client.mjs", sidecar.Sidecar.Address, ("DAPR_API_TOKEN", "a-token"));
        (await sidecar.Sidecar.Exited).ShouldBe(0);
    }

    [Fact]
    public async Task Its_server_gets_messages_and_calls()
    {
        string folder = await InstallAsync();
        int port = FreePort();
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), "js", configure: options => options with { AppPort = port });
        await RunAsync(folder, "server.mjs", sidecar.Sidecar.Address, ("APP_PORT", port.ToString(CultureInfo.InvariantCulture)));
        (await sidecar.Sidecar.Exited).ShouldBe(0);
    }

    private static async Task<string> InstallAsync()
    {
        if (await NodeClients.MissingAsync(TestContext.Current.CancellationToken) is { } missing)
        {
            Assert.Skip(missing);
        }

        return await NodeClients.InstallAsync(TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static async Task RunAsync(string folder, string script, Uri sidecar, params (string Name, string Value)[] more)
    {
        Dictionary<string, string> environment = more.ToDictionary(static entry => entry.Name, static entry => entry.Value);
        environment["DAPR_HOST"] = sidecar.Host;
        environment["DAPR_PORT"] = sidecar.Port.ToString(CultureInfo.InvariantCulture);
        (int code, string output, string errors) = await NodeClients.RunAsync("node", [Path.Combine("dapr", script)], folder, environment, TestContext.Current.CancellationToken);
        string[] lines = output.Split('\n');
        lines.ShouldNotContain(static line => line.StartsWith("not ok", StringComparison.Ordinal), output + errors);
        lines.ShouldContain(static line => line.StartsWith("ok ", StringComparison.Ordinal), output + errors);
        code.ShouldBe(0, output + errors);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
