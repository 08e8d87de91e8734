using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Local.Dapr.Expressions;
using AgentOperator.Local.Dapr.Invocation;
using AgentOperator.Local.Dapr.Messaging;

namespace AgentOperator.Local.Dapr.Subscriptions;

/// <summary>Brings the messages of one subscription to the app.</summary>
internal sealed class Delivery(Subscription subscription, AppChannel app, Broker broker, RetryPolicy policy, TimeProvider time, Action<string> log)
{
    private const string BulkType = "com.dapr.event.sent.bulk";

    /// <summary>True when the message is done with: taken, dropped, or in the dead letter topic.</summary>
    public async Task<bool> OneAsync(Message message, CancellationToken cancellation)
    {
        DeliveryResult result = await RepeatAsync(limit => OnceAsync(message, limit), cancellation);
        return Conclude(message, result);
    }

    /// <summary>The messages that are not done with.</summary>
    public async Task<IReadOnlyList<Message>> ManyAsync(IReadOnlyList<Message> messages, CancellationToken cancellation)
    {
        Dictionary<string, Message> left = messages.ToDictionary(static _ => Guid.NewGuid().ToString(), StringComparer.Ordinal);
        List<(Message Message, DeliveryResult Result)> concluded = [];
        await RepeatAsync(
            async limit =>
            {
                foreach ((string id, DeliveryResult result) in await ManyOnceAsync(left, limit))
                {
                    if (result != DeliveryResult.Retry && left.Remove(id, out Message? done))
                    {
                        concluded.Add((done, result));
                    }
                }

                return left.Count == 0 ? DeliveryResult.Success : DeliveryResult.Retry;
            },
            cancellation);
        return [.. concluded.Concat(left.Values.Select(static message => (message, DeliveryResult.Retry))).Where(entry => !Conclude(entry.Item1, entry.Item2)).Select(static entry => entry.Item1)];
    }

    private bool Conclude(Message message, DeliveryResult result)
    {
        if (result == DeliveryResult.Success)
        {
            return true;
        }

        if (subscription.DeadLetterTopic is { } deadLetters)
        {
            // As it was published: the event still names the topic that it comes from.
            broker.Publish(deadLetters, message with { Attempt = 0 });
            return true;
        }

        if (result == DeliveryResult.Drop)
        {
            log($"DROP status returned from app while processing pub/sub event of topic {subscription.Topic}");
        }

        return result == DeliveryResult.Drop;
    }

    private async Task<DeliveryResult> RepeatAsync(Func<CancellationToken, Task<DeliveryResult>> attempt, CancellationToken cancellation)
    {
        for (int attempts = 1; ; attempts++)
        {
            DeliveryResult result;
            using (CancellationTokenSource patience = policy.Timeout is { } timeout ? new CancellationTokenSource(timeout, time) : new CancellationTokenSource())
            using (CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token))
            {
                try
                {
                    result = await attempt(limit.Token);
                }
                catch (Exception error) when (error is HttpRequestException or IOException or ExpressionException or JsonException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
                {
                    log($"error while processing pub/sub event of topic {subscription.Topic}: {(error is JsonException ? "the message is no CloudEvent" : error.Message)}");
                    result = DeliveryResult.Retry;
                }
            }

            if (result != DeliveryResult.Retry || policy.WaitAfter(attempts) is not { } wait)
            {
                return result;
            }

            await Task.Delay(wait, time, cancellation);
        }
    }

    private async Task<DeliveryResult> OnceAsync(Message message, CancellationToken cancellation)
    {
        JsonObject cloudEvent = Event(message);
        if (CloudEvents.HasExpired(cloudEvent, time.GetUtcNow()))
        {
            log($"dropping expired pub/sub event of topic {subscription.Topic}");
            return DeliveryResult.Drop;
        }

        if (subscription.PathFor(cloudEvent) is not { } path)
        {
            log($"no route of topic {subscription.Topic} fits an event");
            return subscription.DeadLetterTopic is null ? DeliveryResult.Success : DeliveryResult.Drop;
        }

        using HttpRequestMessage request = app.Request(HttpMethod.Post, path, Encoding.UTF8.GetBytes(cloudEvent.ToJsonString()), CloudEvents.MediaType);
        foreach ((string name, string value) in message.Metadata)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation("pubsubname", subscription.PubSubName);
        Add(request, "traceparent", CloudEvents.Text(cloudEvent, "traceparent") ?? CloudEvents.Text(cloudEvent, "traceid"));
        Add(request, "tracestate", CloudEvents.Text(cloudEvent, "tracestate"));
        (int status, byte[] body) = await app.CallAsync(request, cancellation);
        return DeliveryResults.Of(status, body);
    }

    private async Task<IReadOnlyDictionary<string, DeliveryResult>> ManyOnceAsync(IReadOnlyDictionary<string, Message> messages, CancellationToken cancellation)
    {
        Dictionary<string, DeliveryResult> results = new(StringComparer.Ordinal);
        List<(string Id, string Path, JsonObject Event)> going = [];
        foreach ((string id, Message message) in messages)
        {
            try
            {
                JsonObject cloudEvent = Event(message);
                if (CloudEvents.HasExpired(cloudEvent, time.GetUtcNow()))
                {
                    results[id] = DeliveryResult.Drop;
                }
                else if (subscription.PathFor(cloudEvent) is { } path)
                {
                    going.Add((id, path, cloudEvent));
                }
                else
                {
                    results[id] = subscription.DeadLetterTopic is null ? DeliveryResult.Success : DeliveryResult.Drop;
                }
            }
            catch (Exception error) when (error is JsonException or ExpressionException)
            {
                results[id] = DeliveryResult.Retry;
            }
        }

        foreach (IGrouping<string, (string Id, string Path, JsonObject Event)> group in going.GroupBy(static entry => entry.Path, StringComparer.Ordinal))
        {
            using HttpRequestMessage request = app.Request(HttpMethod.Post, group.Key, Encoding.UTF8.GetBytes(Bulk(group).ToJsonString()), "application/json");
            (int status, byte[] body) = await app.CallAsync(request, cancellation);
            foreach ((string id, DeliveryResult result) in DeliveryResults.OfBulk(status, body, [.. group.Select(static entry => entry.Id)]))
            {
                results[id] = result;
            }
        }

        return results;
    }

    private JsonObject Bulk(IEnumerable<(string Id, string Path, JsonObject Event)> entries) => new()
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["type"] = BulkType,
        ["topic"] = subscription.Topic,
        ["pubsubname"] = subscription.PubSubName,
        ["metadata"] = new JsonObject(),
        ["entries"] = new JsonArray([.. entries.Select(entry => Entry(entry.Id, entry.Event))]),
    };

    private JsonObject Entry(string id, JsonObject cloudEvent) => new()
    {
        ["entryId"] = id,
        ["event"] = subscription.IsRaw ? cloudEvent["data_base64"]?.DeepClone() : cloudEvent,
        ["contentType"] = subscription.IsRaw ? CloudEvents.BinaryType : CloudEvents.MediaType,
        ["metadata"] = new JsonObject(),
    };

    private JsonObject Event(Message message) => subscription.IsRaw
        ? CloudEvents.WrapRaw(message.Data.Span, subscription.PubSubName, subscription.Topic, time.GetUtcNow())
        : CloudEvents.Parse(message.Data.Span);

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
