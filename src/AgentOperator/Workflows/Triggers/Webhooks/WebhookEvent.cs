using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Workflows.Triggers.Events;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Workflows.Triggers.Webhooks;

/// <summary>What <c>event</c> is for a request: <c>headers</c> in lower case, and <c>body</c>, as JSON where it says that it is.</summary>
internal static class WebhookEvent
{
    private const int MaxHeader = 1024;

    // Parts of names of headers that may carry a secret: expressions have no use for them, and they would be kept.
    private static readonly string[] Hidden = ["authorization", "cookie", "token", "secret", "signature", "key"];

    /// <exception cref="JsonException">The body says that it is JSON and is not.</exception>
    public static JsonNode? BodyOf(HttpRequest request, byte[] body) =>
        request.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true ? EventBody.Parse(body) : JsonValue.Create(Encoding.UTF8.GetString(body));

    /// <summary>What is told about a body that says it is JSON: the place, where one is known, else the parser's reason.</summary>
    public static string ProblemOf(JsonException error) => error.LineNumber is { } line
        ? $"the body is not JSON (byte {error.BytePositionInLine} of line {line + 1}), and its Content-Type says so"
        : $"the body is not JSON that can be kept, and its Content-Type says so: {error.Message}";

    public static JsonObject Of(WorkflowTrigger trigger, HttpRequest request, JsonNode? body, string id, DateTimeOffset now)
    {
        JsonObject content = EventBody.Of(EventBody.Webhook, trigger.Name, id, now);
        JsonObject headers = [];
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in request.Headers)
        {
            string lower = name.ToLowerInvariant();
            if (!Array.Exists(Hidden, part => lower.Contains(part, StringComparison.Ordinal)) && values.ToString() is { Length: <= MaxHeader } value)
            {
                headers[lower] = value;
            }
        }

        content["headers"] = headers;
        content["body"] = body?.DeepClone();
        return content;
    }
}
