using System.Diagnostics;
using System.Text.Json;
using AgentOperator.AgentRuntime.Dapr;
using AgentOperator.AgentRuntime.Hosting;
using AgentOperator.AgentRuntime.Loop;
using AgentOperator.Api.Agents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AgentOperator.AgentRuntime.Serving;

/// <summary>Messages of topics as inputs of skills. A message that can never be handled is dropped (and goes to the dead letter topic, where there is one); a failure that may pass is tried again.</summary>
internal sealed class DaprEndpoints(AgentLoop loop, AgentParts parts, CallGate gate)
{
    private const string Prefix = "/dapr/deliveries/";

    private readonly IReadOnlyList<DaprSubscription> _subscriptions = parts.Plan.Config.Dapr?.Subscriptions ?? [];

    public void Map(IEndpointRouteBuilder routes)
    {
        if (parts.DaprOptions is not null)
        {
            routes.MapGet(TopicSubscription.Path, (RequestDelegate)SubscribeAsync);
            routes.MapPost($"{Prefix}{{index:int}}", (RequestDelegate)DeliverAsync);
        }
    }

    private Task SubscribeAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(Deliveries.Subscriptions([.. _subscriptions.Select(static (subscription, index) => new TopicSubscription
        {
            PubSubName = subscription.PubsubName,
            Topic = subscription.Topic,
            Route = $"{Prefix}{index}",
            DeadLetterTopic = subscription.DeadLetterTopic,
        })]), http.RequestAborted).AsTask();
    }

    private async Task DeliverAsync(HttpContext http)
    {
        if (!Deliveries.IsFromSidecar(http.Request.Headers[Deliveries.TokenHeader], parts.DaprOptions!))
        {
            await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "Unauthorized", "Not the sidecar", "The header dapr-api-token is not the one that the sidecar was given.");
            return;
        }

        int index = int.Parse((string)http.Request.RouteValues["index"]!, System.Globalization.CultureInfo.InvariantCulture);
        if (index >= _subscriptions.Count)
        {
            await Problems.WriteAsync(http, StatusCodes.Status404NotFound, "NotFound", "There is no such subscription", detail: null);
            return;
        }

        using IDisposable? pass = gate.Enter();
        DeliveryVerdict verdict = pass is null ? DeliveryVerdict.Retry : await HandleAsync(http, _subscriptions[index]);
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(Deliveries.Answer(verdict).ToArray(), http.RequestAborted);
    }

    private async Task<DeliveryVerdict> HandleAsync(HttpContext http, DaprSubscription subscription)
    {
        CloudEvent message;
        JsonElement input;
        try
        {
            message = CloudEvent.Parse(await RequestBodies.ReadAsync(http), http.Request.ContentType);
            input = message.DataContentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
                ? RequestBodies.Object(JsonValues.Of(System.Text.Encoding.UTF8.GetString(message.Data.Span)))
                : RequestBodies.ParseInput(message.Data.Span, parts.Guard.MaxInputBytes);
        }
        catch (Exception error) when (error is FormatException or CallEndedException)
        {
            return DeliveryVerdict.Drop;
        }

        ActivityContext trace = TraceParents.Parse(message.TraceParent, traceState: null);
        SkillOutcome outcome = await loop.RunAsync(new SkillCall { Skill = subscription.Skill, Input = input }, trace == default ? TraceParents.Of(http) : trace, http.RequestAborted);
        return outcome.End switch
        {
            SkillEnd.Completed => DeliveryVerdict.Success,
            SkillEnd.Refused or SkillEnd.InputRequired => DeliveryVerdict.Drop,
            _ => outcome.Reason is SkillReasons.ModelsUnavailable or SkillReasons.Timeout or SkillReasons.Cancelled ? DeliveryVerdict.Retry : DeliveryVerdict.Drop,
        };
    }
}
