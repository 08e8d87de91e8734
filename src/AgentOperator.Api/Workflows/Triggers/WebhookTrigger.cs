using AgentOperator.Api.Agents;
using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows.Triggers;

/// <summary>Requests to <c>POST /v1/hooks/NAMESPACE/WORKFLOW/TRIGGER</c> of the operator, each with an HMAC-SHA256 of its body.</summary>
[CelRule("self.?scheme.orValue('GitHub') == 'Standard' || !(has(self.timestampHeader) || has(self.replayWindow))", "timestampHeader and replayWindow belong to scheme Standard, in which the time is signed: remove them, or set scheme: Standard")]
[CelRule("self.?scheme.orValue('GitHub') == 'GitHub' || !has(self.eventId)", "in scheme Standard the id is signed and is always the event's: remove eventId")]
public sealed record WebhookTrigger
{
    /// <summary>The Secret's key that holds what both sides know. It is read for each request and stored nowhere else.</summary>
    public required ObjectKeySelector SecretKeyRef { get; init; }

    /// <summary>GitHub: the body is signed, <c>X-Hub-Signature-256: sha256=…</c>. Standard: id, time and body are, as standardwebhooks.com has it. GitHub if absent.</summary>
    [OneOf(WebhookSchemes.GitHub, WebhookSchemes.Standard)]
    public string? Scheme { get; init; }

    /// <summary>Header with the signature; <c>X-Hub-Signature-256</c>, or <c>webhook-signature</c> for Standard, if absent.</summary>
    [Bounds(1, 64)]
    [Pattern("^[A-Za-z0-9-]+$", Message = "a header's name has letters, digits and hyphens, such as X-Hub-Signature-256")]
    public string? SignatureHeader { get; init; }

    /// <summary>Header with the time in seconds since 1970; <c>webhook-timestamp</c> if absent.</summary>
    [Bounds(1, 64)]
    [Pattern("^[A-Za-z0-9-]+$", Message = "a header's name has letters, digits and hyphens, such as webhook-timestamp")]
    public string? TimestampHeader { get; init; }

    /// <summary>Header with the event's id; <c>X-GitHub-Delivery</c>, or <c>webhook-id</c> for Standard, if absent.</summary>
    [Bounds(1, 64)]
    [Pattern("^[A-Za-z0-9-]+$", Message = "a header's name has letters, digits and hyphens, such as X-GitHub-Delivery")]
    public string? IdHeader { get; init; }

    /// <summary>What tells events apart in scheme GitHub, which does not sign the id: the header, or the digest of the body, which a replay under another id cannot change. Header if absent, and Body for a request without that header.</summary>
    [OneOf(WebhookEventIds.Header, WebhookEventIds.Body)]
    public string? EventId { get; init; }

    /// <summary>How far the signed time may be from the operator's, <c>5m</c> if absent.</summary>
    [CelRule("duration(self) >= duration('1s') && duration(self) <= duration('24h')", "replayWindow is between 1s and 24h, for which events are remembered")]
    public Duration? ReplayWindow { get; init; }
}
