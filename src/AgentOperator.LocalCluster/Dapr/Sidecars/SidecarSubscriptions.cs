using System.Net.Sockets;
using System.Text.Json;
using AgentOperator.Local.Dapr.Components;
using AgentOperator.Local.Dapr.Expressions;
using AgentOperator.Local.Dapr.Invocation;
using AgentOperator.Local.Dapr.Messaging;
using AgentOperator.Local.Dapr.Subscriptions;

namespace AgentOperator.Local.Dapr.Sidecars;

/// <summary>The subscriptions of one app: what it says itself, and the Subscriptions of its namespace.</summary>
internal sealed class SidecarSubscriptions(SidecarOptions options, DaprMesh mesh, AppChannel app, SidecarState state, Action<string> log) : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _changing = new(1);
    private readonly List<SubscriptionWorker> _workers = [];
    private IReadOnlyList<Subscription> _programmatic = [];
    private bool _isStopped;

    /// <summary>Waits until the app listens, however long, and asks it what it subscribes to.</summary>
    public async Task AskAppAsync(CancellationToken cancellation)
    {
        log($"waiting for the app to listen on {options.AppAddress ?? options.Address.ToString()}:{options.AppPort}");
        while (!await ListensAsync(cancellation))
        {
            await Task.Delay(Poll, mesh.Time, cancellation);
        }

        await CallAsync("dapr/config", cancellation);
        (int status, byte[] body) = await CallAsync("dapr/subscribe", cancellation);
        _programmatic = status == 200 ? Read(body) : [];
        if (status is not (200 or 404))
        {
            log($"app returned http status code {status} from subscription endpoint");
        }
    }

    /// <summary>Follows what is subscribed to now.</summary>
    public async Task FollowAsync(SidecarResources resources)
    {
        await _changing.WaitAsync();
        try
        {
            await EndWorkersAsync(options.Grace);
            if (_isStopped)
            {
                return;
            }

            List<Subscription> followed = [];
            foreach (Subscription subscription in _programmatic.Concat(Declarative(resources)))
            {
                if (Follow(subscription, resources) is { } worker)
                {
                    _workers.Add(worker);
                    followed.Add(subscription);
                }
            }

            state.Subscriptions = followed;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Takes no more messages, for good.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        await _changing.WaitAsync();
        try
        {
            _isStopped = true;
            await EndWorkersAsync(grace);
        }
        finally
        {
            _changing.Release();
        }
    }

    public void Dispose() => _changing.Dispose();

    private async Task EndWorkersAsync(TimeSpan grace)
    {
        await Task.WhenAll(_workers.Select(worker => worker.StopAsync(grace)));
        foreach (SubscriptionWorker worker in _workers)
        {
            await worker.DisposeAsync();
        }

        _workers.Clear();
    }

    private SubscriptionWorker? Follow(Subscription subscription, SidecarResources resources)
    {
        if (state.Components.PubSub(subscription.PubSubName) is not { } component)
        {
            log($"subscription to topic {subscription.Topic}: pubsub {subscription.PubSubName} is not found");
            return null;
        }

        if (!new TopicScopes(component, options.AppId).MaySubscribe(subscription.Topic))
        {
            log($"subscription to topic {subscription.Topic} on pubsub {subscription.PubSubName} is not allowed");
            return null;
        }

        Broker broker = mesh.BrokerOf(options.Namespace, component.Name);
        Delivery delivery = new(subscription, app, broker, RetryPolicy.Of(resources.Resiliencies, options.AppId, component.Name), mesh.Time, log);
        return new SubscriptionWorker(subscription, broker.Join(subscription.Topic, Consumer(component)), delivery, mesh.Time, log);
    }

    private string Consumer(LoadedComponent component) => (component.Setting("consumerID") is { Length: > 0 } own ? own : options.AppId)
        .Replace("{appID}", options.AppId, StringComparison.Ordinal)
        .Replace("{namespace}", options.Namespace, StringComparison.Ordinal)
        .Replace("{podName}", options.Environment.GetValueOrDefault("POD_NAME") ?? options.AppId, StringComparison.Ordinal)
        .Replace("{uuid}", Guid.NewGuid().ToString(), StringComparison.Ordinal);

    private IEnumerable<Subscription> Declarative(SidecarResources resources) => resources.Subscriptions
        .Where(item => item.Scopes is not { Count: > 0 } scopes || scopes.Contains(options.AppId, StringComparer.Ordinal))
        .OrderBy(static item => item.Metadata.Name, StringComparer.Ordinal)
        .Select(item => Parse(item.Spec, SubscriptionOrigin.Declarative))
        .OfType<Subscription>();

    private IReadOnlyList<Subscription> Read(byte[] body)
    {
        try
        {
            return [.. (JsonSerializer.Deserialize(body, DaprJsonContext.Default.ListSubscribeEntry) ?? []).Where(static entry => entry is not null).Select(entry => Parse(entry, SubscriptionOrigin.Programmatic)).OfType<Subscription>()];
        }
        catch (JsonException error)
        {
            log($"the app's answer at /dapr/subscribe cannot be read: {error.Message}");
            return [];
        }
    }

    private Subscription? Parse(SubscribeEntry entry, string origin)
    {
        try
        {
            Subscription? subscription = entry.PubSubName.Length == 0 || entry.Topic.Length == 0 ? null : Subscription.Of(entry, origin);
            if (subscription is null)
            {
                log($"subscription to topic {entry.Topic} on pubsub {entry.PubSubName} has no route and is left out");
            }

            return subscription;
        }
        catch (ExpressionException error)
        {
            log($"subscription to topic {entry.Topic} on pubsub {entry.PubSubName} is left out: {error.Message}");
            return null;
        }
    }

    private async Task<bool> ListensAsync(CancellationToken cancellation)
    {
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(options.AppAddress ?? options.Address.ToString(), options.AppPort, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<(int Status, byte[] Body)> CallAsync(string path, CancellationToken cancellation)
    {
        try
        {
            using HttpRequestMessage request = app.Request(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation(InvokeHeaders.AppId, options.AppId);
            return await app.CallAsync(request, cancellation);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            log($"the app did not answer GET /{path}: {error.Message}");
            return (0, []);
        }
    }
}
