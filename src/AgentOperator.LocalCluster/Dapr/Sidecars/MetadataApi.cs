using System.Text.Json.Nodes;
using AgentOperator.Local.Dapr.Api;
using AgentOperator.Local.Dapr.Components;

namespace AgentOperator.Local.Dapr.Sidecars;

/// <summary><c>/v1.0/metadata</c> and <c>/v1.0/healthz</c>.</summary>
internal sealed class MetadataApi(SidecarOptions options, SidecarState state)
{
    public Task GetAsync(ApiRequest request)
    {
        JsonObject extended = new() { ["daprRuntimeVersion"] = DaprVersion.Text };
        foreach ((string key, string value) in state.Extended.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            extended[key] = value;
        }

        JsonObject body = new()
        {
            ["id"] = options.AppId,
            ["runtimeVersion"] = DaprVersion.Text,
            ["components"] = new JsonArray([.. state.Components.All.Select(static component => Json(component))]),
            ["extended"] = extended,
            ["subscriptions"] = new JsonArray([.. state.Subscriptions.Select(static subscription => subscription.ToJson())]),
            ["actorRuntime"] = new JsonObject { ["runtimeStatus"] = "DISABLED", ["placement"] = "placement: disabled" },
            ["scheduler"] = new JsonObject(),
            ["workflows"] = new JsonObject(),
        };
        if (options.AppPort > 0)
        {
            JsonObject connection = new() { ["port"] = options.AppPort, ["protocol"] = options.AppProtocol, ["channelAddress"] = options.AppAddress ?? options.Address.ToString() };
            if (options.AppMaxConcurrency > 0)
            {
                connection["maxConcurrency"] = options.AppMaxConcurrency;
            }

            body["appConnectionProperties"] = connection;
        }

        return request.JsonAsync(body);
    }

    public async Task PutAsync(ApiRequest request, string key)
    {
        state.Extended[key] = System.Text.Encoding.UTF8.GetString(await request.BodyAsync());
        request.Empty();
    }

    public void Health(ApiRequest request)
    {
        if (!state.IsReady)
        {
            throw new DaprApiException(500, "ERR_HEALTH_NOT_READY", "dapr is not ready: [app]");
        }

        if (request.Http.Request.Query["appid"].FirstOrDefault() is { Length: > 0 } asked && asked != options.AppId)
        {
            throw new DaprApiException(500, "ERR_HEALTH_APPID_NOT_MATCH", "dapr app-id does not match");
        }

        request.Empty();
    }

    public void OutboundHealth(ApiRequest request)
    {
        if (!state.IsOutboundReady)
        {
            throw new DaprApiException(500, "ERR_OUTBOUND_HEALTH_NOT_READY", "dapr outbound is not ready");
        }

        request.Empty();
    }

    private static JsonObject Json(LoadedComponent component) => new()
    {
        ["name"] = component.Name,
        ["type"] = component.Type,
        ["version"] = component.Version,
        ["capabilities"] = new JsonArray([.. ComponentKinds.Capabilities(component.Type).Select(static capability => (JsonNode)capability)]),
    };
}
