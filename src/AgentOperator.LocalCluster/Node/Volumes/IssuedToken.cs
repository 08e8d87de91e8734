namespace AgentOperator.Local.Node.Volumes;

/// <summary>A service account's token that a pod has.</summary>
internal sealed record IssuedToken(string Token, DateTimeOffset Issued, DateTimeOffset Expires)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>When the kubelet renews it: after four fifths of its life, or a day.</summary>
    public DateTimeOffset RenewAt => Issued + ((Expires - Issued) * 0.8 < Longest ? (Expires - Issued) * 0.8 : Longest);
}
