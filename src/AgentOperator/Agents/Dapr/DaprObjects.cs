using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Agents.Building;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;

namespace AgentOperator.Agents.Dapr;

/// <summary>The objects through which Dapr hears of an agent, each for this agent's sidecars alone.</summary>
internal sealed record DaprObjects
{
    public const string Group = "dapr.io";

    private const int OtlpHttpPort = 4318;

    /// <summary>Of an agent without a sidecar.</summary>
    public static DaprObjects None { get; } = new() { Components = [], Subscriptions = [] };

    public required IReadOnlyList<DaprComponentObject> Components { get; init; }

    public required IReadOnlyList<DaprSubscriptionObject> Subscriptions { get; init; }

    public DaprConfigurationObject? Configuration { get; init; }

    public DaprResiliencyObject? Resiliency { get; init; }

    /// <summary>One Configuration at most: each is read by every sidecar that names it, and a change of it restarts them.</summary>
    public static bool HasConfiguration(AgentSpec spec, AgentPlatform platform) => spec.Dapr?.Configuration is not null || platform.OtlpEndpoint is not null;

    public static DaprObjects Of(Agent agent, AgentPlatform platform)
    {
        AgentDapr dapr = agent.Spec.Dapr ?? new AgentDapr();
        string[] scopes = [DaprChoice.AppIdOf(agent)];
        return new DaprObjects
        {
            Components = [.. (dapr.Components ?? []).Select(component => new DaprComponentObject { Metadata = AgentNames.MetaOf(agent, component.Name), Spec = SpecOf(component), Scopes = scopes })],
            Subscriptions = [.. (dapr.Subscriptions ?? []).Select((subscription, index) => new DaprSubscriptionObject { Metadata = AgentNames.MetaOf(agent, string.Create(CultureInfo.InvariantCulture, $"{agent.Metadata.Name}-{index}")), Spec = SpecOf(subscription, index), Scopes = scopes })],
            Configuration = HasConfiguration(agent.Spec, platform) ? new DaprConfigurationObject { Metadata = AgentNames.MetaOf(agent), Spec = WithTracing(dapr.Configuration, platform.OtlpEndpoint) } : null,
            Resiliency = dapr.Resiliency is { } resiliency ? new DaprResiliencyObject { Metadata = AgentNames.MetaOf(agent), Spec = resiliency, Scopes = scopes } : null,
        };
    }

    /// <summary>Where the values of a Component's settings lead, such as <c>redis:6379</c>: the sidecar is behind the same policy.</summary>
    public static IEnumerable<Endpoint> EndpointsOf(DaprComponent component)
    {
        foreach (JsonElement item in component.Metadata ?? [])
        {
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("value", out JsonElement value) && value.ValueKind == JsonValueKind.String)
            {
                foreach (Endpoint endpoint in value.GetString()!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany(static text => Endpoint.Of(text.Contains("://", StringComparison.Ordinal) ? text : IsHostAndPort(text) ? $"tcp://{text}" : "")))
                {
                    yield return endpoint;
                }
            }
        }
    }

    private static bool IsHostAndPort(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _) && text[..colon].All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');
    }

    private static JsonElement SpecOf(DaprComponent component)
    {
        JsonObject spec = new() { ["type"] = component.Type, ["version"] = component.Version ?? "v1", ["metadata"] = new JsonArray([.. (component.Metadata ?? []).Select(static item => JsonNode.Parse(item.GetRawText()))]) };
        if (component.IgnoreErrors is { } ignore)
        {
            spec["ignoreErrors"] = ignore;
        }

        return Element(spec);
    }

    private static JsonElement SpecOf(DaprSubscription subscription, int index)
    {
        JsonObject spec = new() { ["pubsubname"] = subscription.PubsubName, ["topic"] = subscription.Topic, ["routes"] = new JsonObject { ["default"] = string.Create(CultureInfo.InvariantCulture, $"{RuntimeFiles.DeliveryPath}{index}") } };
        if (subscription.DeadLetterTopic is { } dead)
        {
            spec["deadLetterTopic"] = dead;
        }

        return Element(spec);
    }

    /// <summary>Traces go where the agent's own go, unless the spec says where.</summary>
    private static JsonElement WithTracing(JsonElement? said, string? otlp)
    {
        JsonObject spec = said is { ValueKind: JsonValueKind.Object } given ? JsonNode.Parse(given.GetRawText())!.AsObject() : [];
        if (spec["tracing"] is null && Uri.TryCreate(otlp, UriKind.Absolute, out Uri? endpoint))
        {
            spec["tracing"] = new JsonObject
            {
                ["samplingRate"] = "1",
                ["otel"] = new JsonObject
                {
                    ["endpointAddress"] = endpoint.Authority,
                    ["isSecure"] = endpoint.Scheme == Uri.UriSchemeHttps,
                    ["protocol"] = endpoint.Port == OtlpHttpPort ? "http" : "grpc",
                },
            };
        }

        return Element(spec);
    }

    private static JsonElement Element(JsonNode node)
    {
        using JsonDocument document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }
}
