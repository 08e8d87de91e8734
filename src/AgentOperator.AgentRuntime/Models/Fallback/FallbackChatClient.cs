using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Models.Fallback;

/// <summary>The models of an agent in their order: a model that fails for good, or too often, makes place for the next. A stream falls over to the next model only
/// before its first content; after that its failure is the caller's to know (<see cref="ModelErrorKind.CutStream"/>).</summary>
internal sealed class FallbackChatClient : IChatClient
{
    private readonly ModelLine[] _lines;
    private readonly TimeProvider _time;
    private readonly IDisposable? _network;

    /// <param name="models">At least one.</param>
    /// <param name="time">For limits, waits and circuit breakers.</param>
    /// <param name="options">How long to insist on one model.</param>
    /// <param name="network">Disposed with the client.</param>
    public FallbackChatClient(IReadOnlyList<EndpointChatClient> models, TimeProvider time, FallbackOptions options, IDisposable? network = null)
    {
        (_lines, _time, _network) = ([.. models.Select(model => new ModelLine(model, time, options))], time, network);
    }

    /// <exception cref="ModelsUnavailableException">No model answered.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<ChatMessage> said = [.. messages];
        List<ModelAttempt> attempts = [];
        foreach (ModelLine line in _lines)
        {
            if (await line.TryAsync(token => line.Client.GetResponseAsync(said, options, token), attempts, cancellationToken) is { } response)
            {
                attempts.Add(line.Attempt() with { Usage = response.Usage });
                (response.AdditionalProperties ??= [])[ModelProperties.Attempts] = attempts;
                return response;
            }
        }

        throw new ModelsUnavailableException(attempts);
    }

    /// <exception cref="ModelsUnavailableException">No model began to answer.</exception>
    /// <exception cref="ModelException">The answer broke off after it had begun.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<ChatMessage> said = [.. messages];
        List<ModelAttempt> attempts = [];
        foreach (ModelLine line in _lines)
        {
            await using StartedStream? stream = await line.TryAsync(
                token => StartedStream.StartAsync(line.Client, line.Client.Endpoint.Timeout, said, options, _time, token, cancellationToken), attempts, cancellationToken);
            if (stream is null)
            {
                continue;
            }

            UsageDetails? usage = null;
            foreach (ChatResponseUpdate first in stream.First)
            {
                usage = first.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? usage;
                yield return first;
            }

            while (await stream.NextAsync(cancellationToken) is { } update)
            {
                usage = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? usage;
                yield return update;
            }

            attempts.Add(line.Attempt() with { Usage = usage });
            yield return new ChatResponseUpdate { AdditionalProperties = new() { [ModelProperties.Attempts] = attempts } };
            yield break;
        }

        throw new ModelsUnavailableException(attempts);
    }

    /// <summary>Metadata is that of the preferred model; who answered stands in the answer.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : _lines[0].Client.GetService(serviceType, serviceKey);

    public void Dispose()
    {
        foreach (ModelLine line in _lines)
        {
            line.Client.Dispose();
        }

        _network?.Dispose();
    }
}
