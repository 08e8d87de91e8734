using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Controllers.Caching;

/// <summary>Lists once, then watches from the list's version for ever: resumes where a watch ended, lists again only when the server has forgotten that version.</summary>
public sealed partial class Reflector<T> : IReflector
    where T : class, IKubernetesObject<T>
{
    /// <summary>A watch that ends sooner than this without an event is taken for a failure, so that a broken proxy cannot make a hot loop.</summary>
    public static readonly TimeSpan ShortestWatch = TimeSpan.FromSeconds(1);

    /// <summary>How often a kind that the server does not serve is asked for again.</summary>
    public static readonly TimeSpan UnservedWait = TimeSpan.FromSeconds(10);

    private readonly IObjectSource<T> _source;
    private readonly TimeProvider _time;
    private readonly ILogger<Reflector<T>> _logger;
    private readonly RetryDelay _delay;
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _position;
    private bool _isUnserved;

    public Reflector(IObjectSource<T> source, ObjectStore<T> store, TimeProvider time, Random random, ILogger<Reflector<T>> logger)
    {
        _source = source;
        _time = time;
        _logger = logger;
        _delay = new RetryDelay(time, random);
        Store = store;
    }

    /// <summary>The store that this reflector fills.</summary>
    public ObjectStore<T> Store { get; }

    /// <summary>How far it has come.</summary>
    public ReflectorState State { get; private set; }

    public Task Synced => _synced.Task;

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (_position is null)
                {
                    await ListAsync(cancellation);
                }

                await WatchAsync(_position!, cancellation);
                continue;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (KubeApiException error) when (error.IsNotFound)
            {
                if (!_isUnserved)
                {
                    _isUnserved = true;
                    LogUnserved(_logger, T.Resource.QualifiedName, UnservedWait.TotalSeconds);
                }

                _position = null;
                if (await DelayAsync(UnservedWait, cancellation))
                {
                    continue;
                }

                return;
            }
            catch (KubeApiException error) when (error.IsExpired || error.IsResourceVersionTooLarge)
            {
                LogExpired(_logger, T.Resource.QualifiedName, _position, error.Message);
                _position = null;
            }
#pragma warning disable CA1031 // Whatever goes wrong between here and the server, the only way on is to try again, later and later.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFailed(_logger, T.Resource.QualifiedName, State, error.Message);
            }

            if (!await DelayAsync(_delay.Next(), cancellation))
            {
                return;
            }
        }
    }

    /// <summary>False when cancelled meanwhile.</summary>
    private async Task<bool> DelayAsync(TimeSpan delay, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(delay, _time, cancellation);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ListAsync(CancellationToken cancellation)
    {
        State = ReflectorState.Listing;
        Store.BeginReplace();
        KubeList<T> list = await _source.ListAsync(cancellation);
        foreach (UnreadableObject unreadable in list.Unreadable)
        {
            LogUnreadable(_logger, T.Resource.Kind, ObjectStore<T>.KeyOf(unreadable), unreadable.Problem);
        }

        Store.Replace(list.Items, list.Unreadable, list.Metadata.ResourceVersion!);
        _position = list.Metadata.ResourceVersion;
        State = ReflectorState.Live;
        _isUnserved = false;
        _synced.TrySetResult();
    }

    private async Task WatchAsync(string from, CancellationToken cancellation)
    {
        long started = _time.GetTimestamp();
        bool any = false;
        await foreach (WatchEvent<T> change in _source.WatchAsync(from, cancellation))
        {
            if (change.Type == WatchEventType.Error)
            {
                throw new KubeApiException(change.Status ?? new Status { Message = "The watch ended with an error that says nothing." });
            }

            any = true;
            Take(change);
        }

        if (!any && _time.GetElapsedTime(started) < ShortestWatch)
        {
            throw new IOException("The watch ended at once and told nothing.");
        }
    }

    private void Take(WatchEvent<T> change)
    {
        string version = change.ResourceVersion ?? throw new IOException($"A {change.Type} event has no resourceVersion.");
        switch (change.Type)
        {
            case WatchEventType.Added or WatchEventType.Modified:
                Store.Set(change.Object!, version);
                break;
            case WatchEventType.Deleted:
                Store.Remove(change.Object?.Key() ?? ObjectStore<T>.KeyOf(change.Unreadable!), version);
                break;
            case WatchEventType.Unreadable:
                LogUnreadable(_logger, T.Resource.Kind, ObjectStore<T>.KeyOf(change.Unreadable!), change.Unreadable!.Problem);
                Store.Keep(change.Unreadable!, version);
                break;
            default:
                Store.Reached(version);
                break;
        }

        _position = version;
    }

    [LoggerMessage(1, LogLevel.Information, "{Resource}: the server no longer knows version {Version} ({Message}); listing again")]
    private static partial void LogExpired(ILogger logger, string resource, string? version, string message);

    [LoggerMessage(2, LogLevel.Warning, "{Resource}: {State} failed, trying again: {Message}")]
    private static partial void LogFailed(ILogger logger, string resource, ReflectorState state, string message);

    [LoggerMessage(4, LogLevel.Error, "{Resource} is not served by the API server: is its CustomResourceDefinition installed? Looking again every {Seconds} s")]
    private static partial void LogUnserved(ILogger logger, string resource, double seconds);

    [LoggerMessage(3, LogLevel.Error, "{Kind} {Key} does not fit its schema and keeps its last readable state: {Problem}")]
    private static partial void LogUnreadable(ILogger logger, string kind, ObjectKey key, string problem);
}
