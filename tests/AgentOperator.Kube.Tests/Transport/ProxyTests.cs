using System.Net;
using System.Net.Sockets;
using System.Text;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Tests.Server;
using AgentOperator.Testing;

namespace AgentOperator.Kube.Tests.Transport;

public sealed class ProxyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limits.Hang)]
    public async Task The_server_is_reached_through_the_proxy_and_still_verified()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always("""{"metadata":{"name":"c"}}"""));
        using TcpListener proxy = new(IPAddress.Loopback, 0);
        proxy.Start();
        Task<string> asked = TunnelAsync(proxy, server.Connection.Server.Port);
        using KubeClient client = server.Connect(change: connection => connection with { Proxy = new Uri($"http://jane:p%40ss@127.0.0.1:{((IPEndPoint)proxy.LocalEndpoint).Port}") });

        await client.Resource<ConfigMap>("ns").GetAsync("c", Stop);

        string request = await asked;
        request.ShouldStartWith($"CONNECT 127.0.0.1:{server.Connection.Server.Port} HTTP/1.1");
        request.ShouldContain("Proxy-Authorization: Basic " + Convert.ToBase64String("jane:p@ss"u8));
        server.Requests.Single().Protocol.ShouldBe("HTTP/2");
    }

    /// <summary>Answers 407 until there is a login, then passes bytes on; gives the request that it took.</summary>
    private static async Task<string> TunnelAsync(TcpListener listener, int port)
    {
        while (true)
        {
            TcpClient client = await listener.AcceptTcpClientAsync(Stop);
            NetworkStream stream = client.GetStream();
            while (await HeadAsync(stream) is { } head)
            {
                if (!head.Contains("Proxy-Authorization", StringComparison.Ordinal))
                {
                    await stream.WriteAsync("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), Stop);
                    continue;
                }

                TcpClient target = new();
                await target.ConnectAsync(IPAddress.Loopback, port, Stop);
                await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), Stop);
                _ = stream.CopyToAsync(target.GetStream(), Stop);
                _ = target.GetStream().CopyToAsync(stream, Stop);
                return head;
            }
        }
    }

    private static async Task<string?> HeadAsync(NetworkStream stream)
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, Stop) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
