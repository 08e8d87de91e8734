using System.Text.Json;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Authentication;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Requests;

namespace AgentOperator.Local.Node.Volumes;

/// <summary>Tokens of one pod, renewed before they expire and void once the pod is gone.</summary>
internal sealed class PodTokens(RawClient client, Pod pod, TimeProvider time)
{
    private const long DefaultSeconds = 3600;

    private readonly Dictionary<(string? Audience, long Seconds), IssuedToken> _issued = [];

    /// <summary>When the next token is due; null without tokens.</summary>
    public DateTimeOffset? RenewAt => _issued.Count == 0 ? null : _issued.Values.Min(static token => token.RenewAt);

    public async Task<string> GetAsync(ServiceAccountTokenProjection projection, CancellationToken cancellation)
    {
        (string? Audience, long Seconds) key = (projection.Audience, projection.ExpirationSeconds ?? DefaultSeconds);
        if (!_issued.TryGetValue(key, out IssuedToken? token) || time.GetUtcNow() >= token.RenewAt)
        {
            _issued[key] = token = await IssueAsync(key.Audience, key.Seconds, cancellation);
        }

        return token.Token;
    }

    private async Task<IssuedToken> IssueAsync(string? audience, long seconds, CancellationToken cancellation)
    {
        TokenRequest request = new()
        {
            Spec = new TokenRequestSpec
            {
                Audiences = audience is null ? null : [audience],
                ExpirationSeconds = seconds,
                BoundObjectRef = new BoundObjectReference { ApiVersion = "v1", Kind = "Pod", Name = pod.Metadata.Name, Uid = pod.Metadata.Uid },
            },
        };
        string account = pod.Spec!.ServiceAccountName ?? "default";
        DateTimeOffset now = time.GetUtcNow();
        using ByteArrayContent content = RawClient.Content(JsonSerializer.SerializeToUtf8Bytes(request, KubeJsonContext.Default.TokenRequest), RawClient.Json);
        byte[] answer = await client.SendAsync(HttpMethod.Post, $"/api/v1/namespaces/{pod.Metadata.Namespace}/serviceaccounts/{account}/token", RawClient.Json, content, cancellation);
        TokenRequestStatus status = JsonSerializer.Deserialize(answer, KubeJsonContext.Default.TokenRequest)!.Status!;
        return new IssuedToken(status.Token, now, status.ExpirationTimestamp.Value);
    }
}
