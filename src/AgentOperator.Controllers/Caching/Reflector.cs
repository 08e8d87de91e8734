using System.Text.Json;
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

    /// <summary>How often a watch is opened again at a place from which nothing can be read, before everything is listed.</summary>
    public const int TriesAtOnePlace = 3;

    private readonly IObjectSource<T> _source;
    private readonly string _namespace;
    private readonly TimeProvider _time;
    private readonly ILogger<Reflector<T>> _logger;
    private readonly RetryDelay _delay;
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _position;
    private string? _trouble;
    private int _triesHere;

    public Reflector(IObjectSource<T> source, ObjectStore<T> store, TimeProvider time, Random random, ILogger<Reflector<T>> logger)
    {
        _source = source;
        _namespace = source.Namespace ?? "";
        Description = $"{T.Resource.QualifiedName} in {(_namespace.Length > 0 ? $"namespace {_namespace}" : "all namespaces")}";
        _time = time;
        _logger = logger;
        _delay = new RetryDelay(time, random);
        Store = store;
    }

    /// <summary>The store that this reflector fills.</summary>
    public ObjectStore<T> Store { get; }

    /// <summary>How far it has come.</summary>
    public ReflectorState State { get; private set; }

    public string Description { get; }

    public string? Problem { get; private set; }

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
                Problem = "it is not served by the API server";
                _position = null;
                if (Enter("unserved"))
                {
                    LogUnserved(_logger, T.Resource.QualifiedName, UnservedWait.TotalSeconds);
                }

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
                Trouble(error);
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
        Store.BeginReplace(_namespace);
        KubeList<T> list = await _source.ListAsync(cancellation);
        foreach (UnreadableObject unreadable in list.Unreadable)
        {
            LogUnreadable(_logger, T.Resource.Kind, ObjectStore<T>.KeyOf(unreadable), unreadable.Problem);
        }

        Store.Replace(list.Items, list.Unreadable, list.Metadata.ResourceVersion!, _namespace);
        _position = list.Metadata.ResourceVersion;
        _triesHere = 0;
        State = ReflectorState.Live;
        Recover();
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
            Recover();
        }

        if (!any && _time.GetElapsedTime(started) < ShortestWatch)
        {
            throw new IOException("The watch ended at once and told nothing.");
        }

        Recover();
    }

    /// <summary>One line when something goes wrong, none while it stays so: an API server that is down for an hour must not fill the log.</summary>
    private void Trouble(Exception error)
    {
        string verb = _position is null ? "list" : "watch";
        Problem = $"{verb}: {error.Message}";
        if (error is JsonException or InvalidDataException && _position is not null && ++_triesHere >= TriesAtOnePlace)
        {
            LogUnreadableLine(_logger, Description, _position, error.Message);
            _position = null;
        }
        else if (error is KubeApiException { IsForbidden: true })
        {
            if (Enter($"{verb} forbidden"))
            {
                LogForbidden(_logger, verb, T.Resource.QualifiedName, _namespace.Length > 0 ? $"namespace {_namespace}" : "all namespaces", error.Message);
            }
        }
        else if (Enter($"{verb} {(error as KubeApiException)?.Code} {error.GetType().Name}"))
        {
            LogFailed(_logger, Description, verb, error.Message);
        }
    }

    /// <summary>True when this is another trouble than before.</summary>
    private bool Enter(string trouble)
    {
        bool isNew = _trouble != trouble;
        _trouble = trouble;
        return isNew;
    }

    private void Recover()
    {
        if (_trouble is not null)
        {
            LogRecovered(_logger, Description, Problem);
        }

        _trouble = null;
        Problem = null;
    }

    private void Take(WatchEvent<T> change)
    {
        string version = change.ResourceVersion ?? throw new InvalidDataException($"A {change.Type} event has no resourceVersion.");
        switch (change.Type)
        {
            case WatchEventType.Added or WatchEventType.Modified:
                Store.Set(change.Object!, version, _namespace);
                break;
            case WatchEventType.Deleted:
                Store.Remove(change.Object?.Key() ?? ObjectStore<T>.KeyOf(change.Unreadable!), version, _namespace);
                break;
            case WatchEventType.Unreadable:
                LogUnreadable(_logger, T.Resource.Kind, ObjectStore<T>.KeyOf(change.Unreadable!), change.Unreadable!.Problem);
                Store.Keep(change.Unreadable!, version, _namespace);
                break;
            default:
                Store.Reached(version, _namespace);
                break;
        }

        _position = version;
        _triesHere = 0;
    }

    [LoggerMessage(1, LogLevel.Information, "{Resource}: the server no longer knows version {Version} ({Message}); listing again")]
    private static partial void LogExpired(ILogger logger, string resource, string? version, string message);

    [LoggerMessage(2, LogLevel.Warning, "{Resource}: {Verb} failed, trying again: {Message}")]
    private static partial void LogFailed(ILogger logger, string resource, string verb, string message);

    [LoggerMessage(5, LogLevel.Warning, "Forbidden: this account may not {Verb} {Resource} in {Scope}; trying again until it may: {Message}")]
    private static partial void LogForbidden(ILogger logger, string verb, string resource, string scope, string message);

    [LoggerMessage(6, LogLevel.Information, "{Resource}: works again after: {Problem}")]
    private static partial void LogRecovered(ILogger logger, string resource, string? problem);

    [LoggerMessage(7, LogLevel.Error, "{Resource}: what follows version {Version} cannot be read; listing again: {Message}")]
    private static partial void LogUnreadableLine(ILogger logger, string resource, string? version, string message);

    [LoggerMessage(4, LogLevel.Error, "{Resource} is not served by the API server: is its CustomResourceDefinition installed? Looking again every {Seconds} s")]
    private static partial void LogUnserved(ILogger logger, string resource, double seconds);

    [LoggerMessage(3, LogLevel.Error, "{Kind} {Key} does not fit its schema and keeps its last readable state: {Problem}")]
    private static partial void LogUnreadable(ILogger logger, string kind, ObjectKey key, string problem);
}
