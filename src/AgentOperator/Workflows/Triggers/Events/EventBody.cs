using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentOperator.Workflows.Triggers.Events;

/// <summary>What <c>event</c> is in expressions.</summary>
internal static class EventBody
{
    public const string Cron = "cron";
    public const string Webhook = "webhook";
    public const string Topic = "topic";
    public const string Apply = "apply";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>JSON from outside, as far as it can be kept and read: with no name twice in an object, and with whole characters.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            // Half a surrogate pair is well-formed, and fails whoever reads it.
            JsonNode? node = JsonNode.Parse(text, documentOptions: Strict);
            _ = node?.ToJsonString();
            return node;
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException(error.Message, error);
        }
    }

    /// <summary>An event with all that every kind of it has.</summary>
    /// <param name="type">One of the constants.</param>
    /// <param name="trigger">Its trigger.</param>
    /// <param name="id">Its id.</param>
    /// <param name="time">When it happened.</param>
    public static JsonObject Of(string type, string trigger, string id, DateTimeOffset time) => new()
    {
        ["type"] = type,
        ["trigger"] = trigger,
        ["id"] = id,
        ["time"] = EventName.Id(time),
    };

    /// <summary>As a value that expressions read.</summary>
    public static JsonElement Freeze(JsonObject body) => JsonSerializer.SerializeToElement(body, OperatorJsonContext.Default.JsonNode);

    /// <summary>The event that is kept; undefined when somebody has written something else there.</summary>
    public static JsonElement Read(EventDelivery delivery)
    {
        try
        {
            return delivery.Data?.GetValueOrDefault(EventDelivery.Key) is { } text && JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } body ? body : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
