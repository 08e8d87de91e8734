using System.Text.Json;
using AgentOperator.AgentRuntime.Dapr;
using AgentOperator.Api.Agents;
using Microsoft.Extensions.Logging;

namespace AgentOperator.AgentRuntime.Memory;

/// <summary>Conversations in a Dapr state store, one value each: all replicas see them. A store that does not answer costs the memory of a turn, never the call.</summary>
internal sealed partial class DaprConversationStore(DaprClient client, string store, AgentMemory settings, ILogger<DaprConversationStore> logger) : IConversationStore
{
    private const int Tries = 5;

    private readonly TimeSpan _ttl = settings.Ttl?.ToTimeSpan() ?? TimeSpan.FromHours(24);
    private volatile bool _isAwaited;

    public async ValueTask<IReadOnlyList<RememberedTurn>> ReadAsync(string contextId, CancellationToken cancellation)
    {
        try
        {
            await ReadyAsync(cancellation);
            return (await client.GetStateAsync(store, Key(contextId), AgentRuntimeJsonContext.Default.RememberedTurnArray, cancellation))?.Value ?? [];
        }
        catch (Exception error) when (IsLoss(error, cancellation))
        {
            LogLost(logger, store, error.GetType().Name);
            return [];
        }
    }

    public async ValueTask AppendAsync(string contextId, IReadOnlyList<RememberedTurn> turns, CancellationToken cancellation)
    {
        try
        {
            await ReadyAsync(cancellation);
            for (int i = 0; i < Tries; i++)
            {
                StateValue<RememberedTurn[]>? before = await client.GetStateAsync(store, Key(contextId), AgentRuntimeJsonContext.Default.RememberedTurnArray, cancellation);
                RememberedTurn[] after = [.. (before?.Value ?? []).Concat(turns).TakeLast(settings.Window)];
                StateSaveOptions options = new() { Etag = before?.Etag, FirstWrite = true, TimeToLive = _ttl };
                if (await client.SaveStateAsync(store, Key(contextId), after, AgentRuntimeJsonContext.Default.RememberedTurnArray, options, cancellation) == StateOutcome.Written)
                {
                    return;
                }
            }

            LogLost(logger, store, "Conflict");
        }
        catch (Exception error) when (IsLoss(error, cancellation))
        {
            LogLost(logger, store, error.GetType().Name);
        }
    }

    /// <summary>The sidecar may come up after the agent: the first call waits for it, and only that one where it never comes.</summary>
    private async Task ReadyAsync(CancellationToken cancellation)
    {
        if (_isAwaited)
        {
            return;
        }

        try
        {
            await client.WaitForSidecarAsync(cancellation);
        }
        finally
        {
            _isAwaited = true;
        }
    }

    private static string Key(string contextId) => $"conversation-{contextId}";

    private static bool IsLoss(Exception error, CancellationToken cancellation) =>
        error is DaprException or HttpRequestException or TimeoutException or JsonException or IOException || (error is OperationCanceledException && !cancellation.IsCancellationRequested);

    [LoggerMessage(1, LogLevel.Warning, "The state store {Store} does not answer, a turn of memory is lost: {Problem}")]
    private static partial void LogLost(ILogger logger, string store, string problem);
}
