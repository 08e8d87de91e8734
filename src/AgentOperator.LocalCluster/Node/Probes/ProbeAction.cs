using System.Globalization;
using System.Net.Sockets;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Node.Probes;

/// <summary>Carries out what a probe or a hook says.</summary>
internal sealed class ProbeAction(NodeContext node, Container container, PodAddress address)
{
    /// <summary>Whether it went well within the time.</summary>
    public async Task<bool> RunAsync(LifecycleHandler action, RunningContainer running, TimeSpan longest, CancellationToken cancellation)
    {
        switch (action)
        {
            case { Exec.Command: { Count: > 0 } command }:
                return await running.Process.ChildAsync() is { } child
                    && await ContainerExec.RunAsync(node, child, running.Command.Environment, command, longest, cancellation) == 0;
            case { HttpGet: { } get }:
                return await WithinAsync(longest, limit => GetAsync(get, limit), cancellation);
            case { TcpSocket: { } socket }:
                return await WithinAsync(longest, limit => ConnectAsync(socket, limit), cancellation);
            case { Sleep: { } sleep }:
                TimeSpan wanted = TimeSpan.FromSeconds(sleep.Seconds);
                await Task.Delay(wanted < longest ? wanted : longest, node.Time, cancellation);
                return true;
            default:
                throw new ContainerConfigException("only exec, httpGet, tcpSocket and sleep are supported");
        }
    }

    /// <summary>Refuses what cannot be carried out, before the container starts.</summary>
    /// <exception cref="ContainerConfigException">A probe is of a kind that is not supported.</exception>
    public static void Check(Container container)
    {
        if (new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe }.Any(static probe => probe?.Grpc is not null))
        {
            throw new ContainerConfigException($"container {container.Name}: gRPC probes are not supported in the local cluster; use exec, httpGet or tcpSocket");
        }
    }

    internal int PortOf(IntOrString port) => port.Number
        ?? container.Ports?.FirstOrDefault(candidate => candidate.Name == port.Text)?.ContainerPortNumber
        ?? (int.TryParse(port.Text, CultureInfo.InvariantCulture, out int number) ? number : throw new ContainerConfigException($"container {container.Name} has no port {port.Text}"));

    private async Task<bool> WithinAsync(TimeSpan longest, Func<CancellationToken, Task<bool>> attempt, CancellationToken cancellation)
    {
        using CancellationTokenSource patience = new(longest, node.Time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await attempt(linked.Token);
        }
        catch (Exception error) when (error is HttpRequestException or SocketException or IOException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }

    private async Task<bool> GetAsync(HttpGetAction get, CancellationToken cancellation)
    {
        string scheme = string.Equals(get.Scheme, "HTTPS", StringComparison.OrdinalIgnoreCase) ? "https" : "http";
        string path = get.Path is { Length: > 0 } text ? text : "/";
        using SocketsHttpHandler handler = new() { UseProxy = false, AllowAutoRedirect = false };

        // The kubelet does not verify what it probes.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => scheme == "https";
        using HttpClient client = new(handler);
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri($"{scheme}://{get.Host ?? address.PodIP}:{PortOf(get.Port)}{(path[0] == '/' ? "" : "/")}{path}"));
        foreach (HttpHeader header in get.HttpHeaders ?? [])
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        return (int)response.StatusCode is >= 200 and < 400;
    }

    private async Task<bool> ConnectAsync(TcpSocketAction socket, CancellationToken cancellation)
    {
        using TcpClient client = new();
        await client.ConnectAsync(socket.Host ?? address.PodIP, PortOf(socket.Port), cancellation);
        return true;
    }
}
