namespace AgentOperator.Api.Workflows.Triggers;

/// <summary>The values of <see cref="WebhookTrigger.EventId"/>.</summary>
public static class WebhookEventIds
{
    public const string Header = "Header";
    public const string Body = "Body";
}
