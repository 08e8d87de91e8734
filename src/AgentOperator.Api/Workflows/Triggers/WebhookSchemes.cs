namespace AgentOperator.Api.Workflows.Triggers;

/// <summary>The values of <see cref="WebhookTrigger.Scheme"/>.</summary>
public static class WebhookSchemes
{
    /// <summary><c>sha256=</c> and the hex HMAC-SHA256 of the body.</summary>
    public const string GitHub = "GitHub";

    /// <summary>Standard Webhooks 1.0: <c>v1,</c> and the base64 HMAC-SHA256 of <c>id.timestamp.body</c>.</summary>
    public const string Standard = "Standard";
}
