using System.Net;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;

namespace AgentOperator.Cli.Following;

/// <summary>What a list and then a watch tell of objects, over broken connections too.</summary>
/// <param name="client">The kind, and where.</param>
/// <param name="filter">Which of them.</param>
/// <param name="time">Clock of the pauses.</param>
/// <param name="onTrouble">Gets one sentence when the connection is lost.</param>
internal sealed class ObjectFollower<T>(ResourceClient<T> client, ListOptions filter, TimeProvider time, Action<string> onTrouble)
    where T : class, IKubernetesObject<T>
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private HashSet<string> _known = new(StringComparer.Ordinal);
    private TimeSpan _pause = FirstPause;
    private string? _version;
    private bool _isConnected;

    /// <summary>Tells each object and each change of it, null for one that is gone; comes back only by an exception.</summary>
    /// <exception cref="KubeApiException">The server refuses, and will refuse the next time.</exception>
    public async Task RunAsync(Action<string, T?> tell, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await StepAsync(tell, cancellation);
            }
            catch (Exception error) when (_isConnected && IsPassing(error, cancellation))
            {
                _version = error is KubeApiException { IsExpired: true } ? null : _version;
                if (_pause == FirstPause)
                {
                    onTrouble($"the connection is lost, trying again: {error.Message}");
                }

                await Task.Delay(_pause, time, cancellation);
                _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            }
        }
    }

    private async Task StepAsync(Action<string, T?> tell, CancellationToken cancellation)
    {
        _version ??= await ListAsync(tell, cancellation);
        WatchOptions options = new() { ResourceVersion = _version, LabelSelector = filter.LabelSelector, FieldSelector = filter.FieldSelector };
        await foreach (WatchEvent<T> change in client.WatchAsync(options, cancellation))
        {
            _pause = FirstPause;
            if (change.Type == WatchEventType.Error)
            {
                // What was missed is in the next list.
                _version = null;
                return;
            }

            _version = change.ResourceVersion ?? _version;
            Tell(change, tell);
        }
    }

    private void Tell(WatchEvent<T> change, Action<string, T?> tell)
    {
        switch (change)
        {
            case { Type: WatchEventType.Added or WatchEventType.Modified, Object: { } changed }:
                _known.Add(changed.Metadata.Name!);
                tell(changed.Metadata.Name!, changed);
                break;
            case { Type: WatchEventType.Deleted } when (change.Object?.Metadata ?? change.Unreadable?.Metadata)?.Name is { } name:
                _known.Remove(name);
                tell(name, null);
                break;
        }
    }

    private async Task<string> ListAsync(Action<string, T?> tell, CancellationToken cancellation)
    {
        KubeList<T> list = await client.ListAsync(filter, cancellation);
        HashSet<string> listed = new(list.Items.Select(static item => item.Metadata.Name!), StringComparer.Ordinal);
        foreach (string gone in _known.Where(name => !listed.Contains(name)))
        {
            tell(gone, null);
        }

        _known = listed;
        foreach (T item in list.Items)
        {
            tell(item.Metadata.Name!, item);
        }

        _isConnected = true;
        return list.Metadata.ResourceVersion ?? "0";
    }

    private static bool IsPassing(Exception error, CancellationToken cancellation) => !cancellation.IsCancellationRequested && error switch
    {
        KubeApiException refused => refused.IsExpired || refused.Code is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        HttpRequestException or IOException or TimeoutException => true,
        _ => false,
    };
}
