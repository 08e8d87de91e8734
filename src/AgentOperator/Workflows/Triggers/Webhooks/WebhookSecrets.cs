using System.Collections.Concurrent;
using AgentOperator.Api.Agents;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Workflows.Triggers.Webhooks;

/// <summary>Reads secrets of webhooks by name; none is listed or watched. One that was read is used again for some seconds: who has none must not make the API server work.</summary>
[RequiresAccess<Secret>(Verbs.Get)]
internal sealed class WebhookSecrets(KubeClient client, TimeProvider time)
{
    private const int MostKnown = 1000;

    private static readonly TimeSpan Age = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Ns, string Name, string Key), (DateTimeOffset At, WebhookSecret Secret)> _known = new();

    public async Task<WebhookSecret> ReadAsync(string ns, ObjectKeySelector selector, CancellationToken cancellation)
    {
        (string, string, string) key = (ns, selector.Name, selector.Key);
        DateTimeOffset now = time.GetUtcNow();
        if (_known.TryGetValue(key, out (DateTimeOffset At, WebhookSecret Secret) known) && now - known.At < Age)
        {
            return known.Secret;
        }

        Secret? found = await client.Resource<Secret>(ns).FindAsync(selector.Name, cancellation);
        WebhookSecret secret = found switch
        {
            null => new WebhookSecret(default, $"there is no Secret {selector.Name} in this namespace"),
            _ when found.Data?.TryGetValue(selector.Key, out ReadOnlyMemory<byte> value) == true && value.Length > 0 => new WebhookSecret(value, null),
            _ => new WebhookSecret(default, $"Secret {selector.Name} has nothing under the key {selector.Key}"),
        };
        if (_known.Count >= MostKnown)
        {
            _known.Clear();
        }

        _known[key] = (now, secret);
        return secret;
    }
}
