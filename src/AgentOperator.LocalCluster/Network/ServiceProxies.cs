using System.Net;
using System.Net.Sockets;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Network;

/// <summary>kube-proxy's part: a listener for each TCP port of each Service with an address.</summary>
internal sealed partial class ServiceProxies(ILogger<ServiceProxies> logger) : IAsyncDisposable
{
    private readonly Dictionary<(string Uid, string Address, int Port), PortProxy> _proxies = [];

    public async Task SetAsync(IReadOnlyList<ServiceView> views)
    {
        HashSet<(string Uid, string Address, int Port)> wanted = [];
        foreach (ServiceView view in views.Where(static view => view.Address is not null))
        {
            foreach (ServicePort port in view.Ports.Where(static port => port.Protocol is null or "TCP"))
            {
                (string Uid, string Address, int Port) key = (view.Service.Metadata.Uid!, view.Address!, port.Port);
                wanted.Add(key);
                Proxy(key, view)?.Lead([.. view.Ready.Where(endpoint => endpoint.PortOf(port) is not null).Select(endpoint => new IPEndPoint(IPAddress.Parse(endpoint.Address), endpoint.PortOf(port)!.Value))]);
            }
        }

        foreach ((string Uid, string Address, int Port) gone in _proxies.Keys.Where(key => !wanted.Contains(key)).ToArray())
        {
            _proxies.Remove(gone, out PortProxy? proxy);
            await proxy!.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await SetAsync([]);

    private PortProxy? Proxy((string Uid, string Address, int Port) key, ServiceView view)
    {
        if (_proxies.TryGetValue(key, out PortProxy? proxy))
        {
            return proxy;
        }

        try
        {
            return _proxies[key] = new PortProxy(new IPEndPoint(IPAddress.Parse(key.Address), key.Port), logger);
        }
        catch (SocketException error)
        {
            LogUnbound(logger, view.Service.Key(), key.Address, key.Port, error.Message);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Service {Service}: {Address}:{Port} cannot be bound ({Message}); ports below 1024 need root, or sysctl net.ipv4.ip_unprivileged_port_start=0")]
    private static partial void LogUnbound(ILogger logger, ObjectKey service, string address, int port, string message);
}
