using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Discovery;
using AgentOperator.Local.Node;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Network;

/// <summary>Brings proxies, names and EndpointSlices in step with Services and pods.</summary>
internal sealed partial class ServiceSync
{
    private static readonly ApplyOptions Apply = new("endpointslice-controller");
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly KubeClient _client;
    private readonly Uri _apiServer;
    private readonly ObjectStore<Service> _services;
    private readonly ObjectStore<Pod> _pods;
    private readonly ServiceAddresses _addresses;
    private readonly ServiceProxies _proxies;
    private readonly HostsTable _hosts;
    private readonly TimeProvider _time;
    private readonly ILogger<ServiceSync> _logger;
    private readonly Signal _changed = new();
    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);

    public ServiceSync(KubeClient client, Uri apiServer, ObjectStore<Service> services, ObjectStore<Pod> pods, ServiceAddresses addresses, ServiceProxies proxies, HostsTable hosts, TimeProvider time, ILogger<ServiceSync> logger)
    {
        _client = client;
        _apiServer = apiServer;
        _services = services;
        _pods = pods;
        _addresses = addresses;
        _proxies = proxies;
        _hosts = hosts;
        _time = time;
        _logger = logger;
        services.Subscribe((_, _) => _changed.Set());
        pods.Subscribe((_, _) => _changed.Set());
    }

    /// <param name="renamed">Called when names lead elsewhere.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(Action renamed, CancellationToken cancellation)
    {
        string names = "";
        try
        {
            while (true)
            {
                Task changed = _changed.Next;
                ServiceView[] views = [.. _services.All.OrderBy(static service => service.Metadata.Uid, StringComparer.Ordinal).Select(service => ServiceView.OfApiServer(service, _apiServer) ?? ServiceView.Of(service, _addresses.Of(service.Metadata.Uid!), _pods.All))];
                await _proxies.SetAsync([.. views.Where(static view => view.IsProxied)]);
                string now = string.Join('\n', views.Select(static view => view.Fingerprint));
                if (now != names)
                {
                    names = now;
                    _hosts.Set(views);
                    renamed();
                }

                if (await WriteAsync(views, cancellation))
                {
                    await changed.WaitAsync(cancellation);
                }
                else
                {
                    await Signal.WaitAsync(changed, Retry, _time, cancellation);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await _proxies.DisposeAsync();
        }
    }

    private async Task<bool> WriteAsync(ServiceView[] views, CancellationToken cancellation)
    {
        foreach (ServiceView view in views.Where(static view => view.Service.Spec?.Selector is { Count: > 0 } && !view.Service.IsTerminating()))
        {
            if (_written.GetValueOrDefault(view.Service.Metadata.Uid!) == view.Fingerprint)
            {
                continue;
            }

            try
            {
                await _client.Resource<EndpointSlice>(view.Service.Metadata.Namespace).ApplyAsync(EndpointSlices.Of(view), Apply, cancellation);
                _written[view.Service.Metadata.Uid!] = view.Fingerprint;
            }
            catch (KubeApiException error) when (error.IsInvalid)
            {
                // A real API server takes no loopback addresses, and others there are none here.
                LogRefused(_logger, view.Service.Key(), error.Message);
                _written[view.Service.Metadata.Uid!] = view.Fingerprint;
            }
            catch (Exception error) when (error is KubeApiException or HttpRequestException or TimeoutException)
            {
                LogRetry(_logger, view.Service.Key(), error.Message);
                return false;
            }
        }

        return true;
    }

    [LoggerMessage(2, LogLevel.Information, "Service {Service}: EndpointSlice refused: {Message}")]
    private static partial void LogRefused(ILogger logger, ObjectKey service, string message);

    [LoggerMessage(1, LogLevel.Warning, "Service {Service}: EndpointSlice not written, trying again: {Message}")]
    private static partial void LogRetry(ILogger logger, ObjectKey service, string message);
}
