using System.Text.Json.Nodes;
using AgentOperator.Local.Dapr.Expressions;

namespace AgentOperator.Local.Dapr.Subscriptions;

/// <summary>A subscription that can be followed.</summary>
internal sealed record Subscription
{
    public required string PubSubName { get; init; }

    public required string Topic { get; init; }

    /// <summary>The first that fits counts.</summary>
    public required IReadOnlyList<Route> Routes { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public string? DeadLetterTopic { get; init; }

    public BulkSubscribe? Bulk { get; init; }

    /// <summary>One of <see cref="SubscriptionOrigin"/>.</summary>
    public required string Origin { get; init; }

    /// <summary>Messages are not CloudEvents, whatever they look like.</summary>
    public bool IsRaw => Metadata.TryGetValue("rawPayload", out string? value) && value.ToUpperInvariant() is "TRUE" or "1" or "T";

    /// <summary>Null when the subscription has no path at all.</summary>
    /// <exception cref="ExpressionException">A rule cannot be read.</exception>
    public static Subscription? Of(SubscribeEntry entry, string origin)
    {
        List<Route> routes = [];
        foreach (SubscribeRule rule in entry.Routes?.Rules ?? [])
        {
            if (rule.Path is { Length: > 0 } path)
            {
                routes.Add(new Route(rule.Match is { Length: > 0 } match ? Rule.Parse(match) : null, path));
            }
        }

        if ((entry.Routes?.Default is { Length: > 0 } fallback ? fallback : entry.Route) is { Length: > 0 } last)
        {
            routes.Add(new Route(null, last));
        }

        return routes.Count == 0 ? null : new Subscription
        {
            PubSubName = entry.PubSubName,
            Topic = entry.Topic,
            Routes = routes,
            Metadata = new Dictionary<string, string>(entry.Metadata ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.OrdinalIgnoreCase),
            DeadLetterTopic = entry.DeadLetterTopic is { Length: > 0 } deadLetters ? deadLetters : null,
            Bulk = entry.BulkSubscribe is { Enabled: true } ? entry.BulkSubscribe : null,
            Origin = origin,
        };
    }

    /// <summary>Where an event goes; null: nowhere.</summary>
    /// <exception cref="ExpressionException">A rule needs what the event has not.</exception>
    public string? PathFor(JsonObject cloudEvent) => Routes.FirstOrDefault(route => route.Rule?.Matches(cloudEvent) != false)?.Path;

    public JsonObject ToJson()
    {
        JsonObject json = new()
        {
            ["pubsubname"] = PubSubName,
            ["topic"] = Topic,
            ["rules"] = new JsonArray([.. Routes.Select(static route => Json(route))]),
            ["type"] = Origin,
        };
        if (Metadata.Count > 0)
        {
            json["metadata"] = new JsonObject(Metadata.Select(static entry => new KeyValuePair<string, JsonNode?>(entry.Key, entry.Value)));
        }

        if (DeadLetterTopic is not null)
        {
            json["deadLetterTopic"] = DeadLetterTopic;
        }

        return json;
    }

    private static JsonObject Json(Route route)
    {
        JsonObject json = new() { ["path"] = route.Path };
        if (route.Rule is { } rule)
        {
            json["match"] = rule.Text;
        }

        return json;
    }
}
