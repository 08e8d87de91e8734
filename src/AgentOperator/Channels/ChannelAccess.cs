namespace AgentOperator.Channels;

/// <summary>How pods reach the operator.</summary>
/// <param name="Url">Base of the channel's addresses, without a slash at the end.</param>
/// <param name="AuthorityPem">Certificate of the authority that its certificate is from.</param>
internal sealed record ChannelAccess(string Url, string AuthorityPem)
{
    /// <summary>Port of the operator's pod, which a Service may show as another; null: that of the URL.</summary>
    public int? Port { get; init; }
}
