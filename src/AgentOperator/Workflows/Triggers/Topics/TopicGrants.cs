using System.Collections.Concurrent;
using AgentOperator.Agents.Dapr;
using AgentOperator.Api;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Triggers.Topics;

/// <summary>Which namespaces may take topics of the pub/sub Components in the operator's own: who owns a Component says so on it.</summary>
[RequiresAccess<DaprComponentObject>(Verbs.Get, InOwnNamespace = true)]
internal sealed class TopicGrants(KubeClient client, OperatorOptions options, TimeProvider time)
{
    private const int MostKnown = 1000;

    private static readonly TimeSpan Age = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, bool Exists, string? Grant)> _known = new(StringComparer.Ordinal);

    /// <summary>Why a namespace cannot have topics of a Component; null when it can.</summary>
    public async Task<string?> ProblemAsync(string ns, string pubsub, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (!_known.TryGetValue(pubsub, out (DateTimeOffset At, bool Exists, string? Grant) known) || now - known.At >= Age)
        {
            DaprComponentObject? component = await client.Resource<DaprComponentObject>(options.OwnNamespace).FindAsync(pubsub, cancellation);
            known = (now, component is not null, component?.Annotation(Labels.TriggerNamespaces));
            if (_known.Count >= MostKnown)
            {
                _known.Clear();
            }

            _known[pubsub] = known;
        }

        return !known.Exists ? $"there is no Dapr Component {pubsub} in the operator's namespace {options.OwnNamespace}"
            : (known.Grant ?? "").Split(',', StringSplitOptions.TrimEntries).Any(granted => granted == "*" || granted == ns) ? null
            : $"Component {pubsub} does not allow namespace {ns}: its annotation {Labels.TriggerNamespaces} has to name it";
    }
}
