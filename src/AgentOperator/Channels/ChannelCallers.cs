using AgentOperator.Api.Runtime;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Authentication;

namespace AgentOperator.Channels;

/// <summary>Knows callers by their tokens: projected, for this audience alone, and bound to a pod (KEP-1205).</summary>
[RequiresAccess<TokenReview>(Verbs.Create)]
internal sealed class ChannelCallers(KubeClient client)
{
    private const string Scheme = "Bearer ";
    private const string AccountPrefix = "system:serviceaccount:";
    private const string PodNameKey = "authentication.kubernetes.io/pod-name";
    private const string PodUidKey = "authentication.kubernetes.io/pod-uid";

    /// <summary>The caller, or null when its token is none of a pod for us.</summary>
    public async Task<ChannelCaller?> FindAsync(string? authorization, CancellationToken cancellation)
    {
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        TokenReview review = new() { Spec = new TokenReviewSpec { Token = authorization[Scheme.Length..].Trim(), Audiences = [RuntimeFiles.TokenAudience] } };
        TokenReviewStatus? status = (await client.Resource<TokenReview>().CreateAsync(review, cancellation)).Status;
        bool isForUs = status is { Authenticated: true, Audiences: { } audiences } && audiences.Contains(RuntimeFiles.TokenAudience);
        string[] account = isForUs && status!.User?.Username is { } user && user.StartsWith(AccountPrefix, StringComparison.Ordinal) ? user[AccountPrefix.Length..].Split(':') : [];
        return account is [{ } ns, _] && Single(status!.User!, PodNameKey) is { } pod && Single(status.User!, PodUidKey) is { } uid ? new ChannelCaller(ns, pod, uid) : null;
    }

    private static string? Single(UserInfo user, string key) => user.Extra?.GetValueOrDefault(key) is [{ } value] ? value : null;
}
