using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Api.Workflows;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Channels;
using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Owning;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Triggers.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Workflows.Triggers.Topics;

/// <summary>Takes messages of topics from the operator's own Dapr sidecar, as CloudEvents, at least once. SUCCESS is answered when every definition that subscribes has the event.</summary>
internal sealed partial class TopicReceiver(OperatorOptions options, ObjectStore<Workflow> workflows, IEnumerable<IReflector> reflectors, TopicGrants grants, EventIntake intake, TimeProvider time, ILogger<TopicReceiver> logger)
{
    /// <summary>Where Subscriptions send messages.</summary>
    public const string Route = "/v1/topics";

    /// <summary>Dapr's own limit, as far as a ConfigMap goes with it.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly ChannelAnswer Success = Say("SUCCESS");
    private static readonly ChannelAnswer Retry = Say("RETRY");
    private static readonly ChannelAnswer Drop = Say("DROP");

    private readonly IReflector[] _reflectors = [.. reflectors.Where(static reflector => reflector is Reflector<Workflow> or Reflector<EventDelivery>)];

    public async Task<ChannelAnswer> AnswerAsync(HttpContext http)
    {
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(http.Request.Headers["dapr-api-token"].ToString()), Encoding.UTF8.GetBytes(options.DaprAppToken!)))
        {
            return ChannelAnswer.Refuse(StatusCodes.Status401Unauthorized, "this is for the operator's own Dapr sidecar");
        }

        switch (http.Request.Method, http.Request.Path.Value)
        {
            case ("GET", "/dapr/subscribe"):
                // What is subscribed to is in Subscriptions, which a sidecar takes up while it runs.
                return new ChannelAnswer(StatusCodes.Status200OK, "[]") { IsJson = true };
            case ("POST", Route):
                using (MemoryStream body = new())
                {
                    await http.Request.Body.CopyToAsync(body, http.RequestAborted);
                    return await TakeAsync(body.ToArray(), http.RequestAborted);
                }

            default:
                return ChannelAnswer.Refuse(StatusCodes.Status404NotFound, $"here is POST {Route}");
        }
    }

    private async Task<ChannelAnswer> TakeAsync(byte[] body, CancellationToken cancellation)
    {
        if (Array.Exists(_reflectors, static reflector => !reflector.Synced.IsCompletedSuccessfully))
        {
            return Retry;
        }

        if (Read(body) is not { } message || Text(message, "id") is not { } id || Text(message, "pubsubname") is not { } pubsub || Text(message, "topic") is not { } topic)
        {
            LogDropped(logger, "it is no CloudEvent with id, pubsubname and topic");
            return Drop;
        }

        ChannelAnswer answer = Success;
        DateTimeOffset now = time.GetUtcNow();
        foreach ((Workflow definition, WorkflowTrigger trigger) in Subscribers(pubsub, topic))
        {
            if (await grants.ProblemAsync(definition.Metadata.Namespace!, pubsub, cancellation) is not null)
            {
                continue;
            }

            try
            {
                EventReceipt receipt = await intake.AcceptAsync(definition, trigger.Name, $"{Text(message, "source")}#{id}", kept => Of(trigger, message, kept, now), waits: true, cancellation);
                if (receipt == EventReceipt.TooLarge)
                {
                    LogNotTaken(logger, topic, definition.Metadata.Namespace!, definition.Metadata.Name!, "it is too large to be kept");
                }

                answer = receipt == EventReceipt.Full ? Retry : answer;
            }
            catch (Exception error) when (error is KubeApiException or HttpRequestException or NameTakenException)
            {
                // The others get theirs; at the next delivery they have it already.
                LogNotTaken(logger, topic, definition.Metadata.Namespace!, definition.Metadata.Name!, error.Message);
                answer = Retry;
            }
        }

        return answer;
    }

    private IEnumerable<(Workflow Definition, WorkflowTrigger Trigger)> Subscribers(string pubsub, string topic) => workflows.All
        .Where(static workflow => workflow.Spec.Triggers is { Count: > 0 } && !workflow.IsTerminating())
        .SelectMany(workflow => workflow.Spec.Triggers!.Where(trigger => trigger.Topic is { } wanted && wanted.Pubsub == pubsub && wanted.Topic == topic).Select(trigger => (workflow, trigger)));

    private static JsonObject? Read(byte[] body)
    {
        try
        {
            return EventBody.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject message, string name) => message[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    private static JsonObject Of(WorkflowTrigger trigger, JsonObject message, string id, DateTimeOffset now)
    {
        JsonObject content = EventBody.Of(EventBody.Topic, trigger.Name, id, now);
        foreach (string name in (string[])["source", "type", "subject", "topic", "pubsubname"])
        {
            content[name == "type" ? "messageType" : name] = Text(message, name);
        }

        content["body"] = (message["data"] ?? message["data_base64"])?.DeepClone();
        return content;
    }

    private static ChannelAnswer Say(string status) => new(StatusCodes.Status200OK, $$"""{"status":"{{status}}"}""") { IsJson = true };

    [LoggerMessage(1, LogLevel.Warning, "A message was dropped: {Problem}")]
    private static partial void LogDropped(ILogger logger, string problem);

    [LoggerMessage(2, LogLevel.Warning, "A message of topic {Topic} was not taken for {Namespace}/{Workflow}: {Problem}")]
    private static partial void LogNotTaken(ILogger logger, string topic, string @namespace, string workflow, string problem);
}
