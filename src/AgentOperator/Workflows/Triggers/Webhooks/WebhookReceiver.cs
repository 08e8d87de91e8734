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

namespace AgentOperator.Workflows.Triggers.Webhooks;

/// <summary>Takes <c>POST /v1/hooks/NAMESPACE/WORKFLOW/TRIGGER</c>. Who has not signed learns nothing: not whether there is such a workflow, nor what was wrong. The operator's log has it.</summary>
internal sealed partial class WebhookReceiver(ObjectStore<Workflow> workflows, IEnumerable<IReflector> reflectors, WebhookSecrets secrets, EventIntake intake, TimeProvider time, ILogger<WebhookReceiver> logger)
{
    /// <summary>Most bytes of a body.</summary>
    public const int MaxBytes = 512 * 1024;

    private static readonly ChannelAnswer Unsigned = new(StatusCodes.Status401Unauthorized, "no webhook of this address takes this request: check the address, the secret, the signature and the clock; the operator's log says more");
    private static readonly TimeSpan LogPause = TimeSpan.FromSeconds(1);

    private readonly IReflector[] _reflectors = [.. reflectors.Where(static reflector => reflector is Reflector<Workflow> or Reflector<EventDelivery>)];
    private DateTimeOffset _logAfter;

    public async Task<ChannelAnswer> AnswerAsync(HttpContext http)
    {
        if (http.Request.Path.Value!.Split('/') is not ["", "v1", "hooks", { Length: > 0 } ns, { Length: > 0 } name, { Length: > 0 } trigger])
        {
            return ChannelAnswer.Refuse(StatusCodes.Status404NotFound, "here is POST /v1/hooks/NAMESPACE/WORKFLOW/TRIGGER");
        }

        if (http.Request.Method != HttpMethods.Post)
        {
            return ChannelAnswer.Refuse(StatusCodes.Status405MethodNotAllowed, "send POST");
        }

        if (Array.Exists(_reflectors, static reflector => !reflector.Synced.IsCompletedSuccessfully))
        {
            return ChannelAnswer.Refuse(StatusCodes.Status503ServiceUnavailable, "the operator has just started: try again") with { RetryAfter = 1 };
        }

        using MemoryStream stream = new();
        await http.Request.Body.CopyToAsync(stream, http.RequestAborted);
        byte[] body = stream.ToArray();
        Workflow? definition = workflows.Find(new ObjectKey(ns, name));
        WorkflowTrigger? hook = definition?.Spec.Triggers?.FirstOrDefault(candidate => candidate.Name == trigger && candidate.Webhook is not null);
        if (await ProblemAsync(ns, hook, http.Request, body, http.RequestAborted) is { } problem)
        {
            Log(ns, name, trigger, problem);
            return Unsigned;
        }

        return await KeepAsync(definition!, hook!, http.Request, body, http.RequestAborted);
    }

    /// <summary>Why the request is not to be believed.</summary>
    private async Task<string?> ProblemAsync(string ns, WorkflowTrigger? hook, HttpRequest request, byte[] body, CancellationToken cancellation)
    {
        WebhookTrigger webhook = hook?.Webhook ?? new WebhookTrigger { SecretKeyRef = new() { Name = "none", Key = "none" } };
        WebhookSecret secret = hook is null ? new WebhookSecret(default, "there is no such webhook") : await secrets.ReadAsync(ns, webhook.SecretKeyRef, cancellation);

        // Computed where there is nothing to compare with, too: the time must not tell.
        string? problem = WebhookSignature.Problem(webhook, secret.Value, name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null, body, time.GetUtcNow());
        return secret.Problem ?? problem;
    }

    private async Task<ChannelAnswer> KeepAsync(Workflow definition, WorkflowTrigger hook, HttpRequest request, byte[] body, CancellationToken cancellation)
    {
        JsonNode? content;
        try
        {
            content = WebhookEvent.BodyOf(request, body);
        }
        catch (JsonException error)
        {
            return ChannelAnswer.Refuse(StatusCodes.Status400BadRequest, WebhookEvent.ProblemOf(error));
        }

        string given = WebhookSignature.IdOf(hook.Webhook!, name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null, body);
        DateTimeOffset now = time.GetUtcNow();
        EventReceipt receipt;
        try
        {
            receipt = await intake.AcceptAsync(definition, hook.Name, given, id => WebhookEvent.Of(hook, request, content, id, now), waits: false, cancellation);
        }
        catch (Exception error) when (error is KubeApiException { IsForbidden: true } or NameTakenException)
        {
            LogNotKept(logger, definition.Metadata.Namespace!, definition.Metadata.Name!, error.Message);
            return ChannelAnswer.Refuse(StatusCodes.Status503ServiceUnavailable, "the event cannot be kept now, as when a quota is used up: try again") with { RetryAfter = 10 };
        }

        return receipt switch
        {
            EventReceipt.Accepted => new ChannelAnswer(StatusCodes.Status202Accepted, "accepted"),
            EventReceipt.Known => new ChannelAnswer(StatusCodes.Status200OK, "accepted before"),
            EventReceipt.Filtered => new ChannelAnswer(StatusCodes.Status200OK, "not wanted: the trigger's condition is false"),
            EventReceipt.Full => ChannelAnswer.Refuse(StatusCodes.Status429TooManyRequests, "too many events wait, or came today: send it again later") with { RetryAfter = 30 },
            EventReceipt.TooLarge => ChannelAnswer.Refuse(StatusCodes.Status413PayloadTooLarge, "the event is too large to be kept: send a reference to where its content is"),
            EventReceipt.Suspended => ChannelAnswer.Refuse(StatusCodes.Status409Conflict, "the workflow is suspended: send it again when it is not"),
            _ => ChannelAnswer.Refuse(StatusCodes.Status409Conflict, "the workflow is going, or is not what it was: send it again"),
        };
    }

    /// <summary>Anybody can send what is not signed: one line a second says enough.</summary>
    private void Log(string ns, string workflow, string trigger, string problem)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now >= _logAfter)
        {
            _logAfter = now + LogPause;
            LogRefused(logger, Limit(ns), Limit(workflow), Limit(trigger), problem);
        }
    }

    private static string Limit(string text) => text.Length <= 63 ? text : text[..63];

    [LoggerMessage(1, LogLevel.Warning, "A webhook for {Namespace}/{Workflow}/{Trigger} was refused: {Problem}")]
    private static partial void LogRefused(ILogger logger, string @namespace, string workflow, string trigger, string problem);

    [LoggerMessage(2, LogLevel.Warning, "An event for {Namespace}/{Workflow} could not be kept: {Problem}")]
    private static partial void LogNotKept(ILogger logger, string @namespace, string workflow, string problem);
}
