namespace AgentOperator.Channels;

/// <summary>How pods reach the operator.</summary>
/// <param name="Url">Base of the channel's addresses, without a slash at the end.</param>
/// <param name="AuthorityPem">Certificate of the authority that its certificate is from.</param>
internal sealed record ChannelAccess(string Url, string AuthorityPem);
