using System.Collections.Concurrent;
using AgentOperator.Api.Workflows;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Workflows.Triggers.Topics;
using AgentOperator.Workflows.Triggers.Webhooks;

namespace AgentOperator.Workflows.Triggers;

/// <summary>What keeps triggers from working although their spec is good: secrets, servers that are not wanted, topics that are not granted. Looked at once a minute.</summary>
internal sealed class TriggerProblems
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    private readonly OperatorOptions _options;
    private readonly WebhookSecrets _secrets;
    private readonly TopicGrants _grants;
    private readonly TimeProvider _time;

    private readonly ConcurrentDictionary<(string Ns, string Name), (string Uid, long? Generation, DateTimeOffset At, IReadOnlyDictionary<string, string> Problems)> _known = new();

    public TriggerProblems(OperatorOptions options, ObjectStore<Workflow> workflows, WebhookSecrets secrets, TopicGrants grants, TimeProvider time)
    {
        _options = options;
        _secrets = secrets;
        _grants = grants;
        _time = time;
        workflows.Subscribe((before, after) =>
        {
            if (after is null)
            {
                _known.TryRemove((before!.Metadata.Namespace!, before.Metadata.Name!), out _);
            }
        });
    }

    /// <summary>Problems by name of the trigger.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(Workflow definition, CancellationToken cancellation)
    {
        (string Ns, string Name) key = (definition.Metadata.Namespace!, definition.Metadata.Name!);
        DateTimeOffset now = _time.GetUtcNow();
        if (_known.TryGetValue(key, out (string Uid, long? Generation, DateTimeOffset At, IReadOnlyDictionary<string, string> Problems) known)
            && known.Uid == definition.Metadata.Uid && known.Generation == definition.Metadata.Generation && now - known.At < Age)
        {
            return known.Problems;
        }

        Dictionary<string, string> problems = new(StringComparer.Ordinal);
        foreach (WorkflowTrigger trigger in definition.Spec.Triggers ?? [])
        {
            if (await OfAsync(key.Ns, trigger, cancellation) is { } problem)
            {
                problems.Add(trigger.Name, problem);
            }
        }

        _known[key] = (definition.Metadata.Uid!, definition.Metadata.Generation, now, problems);
        return problems;
    }

    /// <summary>When to look again; null where there is nothing to look at.</summary>
    public static DateTimeOffset? WakeAt(Workflow definition, DateTimeOffset now) => definition.Spec.Triggers?.Any(static trigger => trigger.Cron is null) == true ? now + Age : null;

    private async Task<string?> OfAsync(string ns, WorkflowTrigger trigger, CancellationToken cancellation) => trigger switch
    {
        { Webhook: not null } when _options.Webhooks is null => "the operator serves no webhooks: start it with --webhook-bind-address",
        { Webhook: { } webhook } => (await _secrets.ReadAsync(ns, webhook.SecretKeyRef, cancellation)).Problem,
        { Topic: not null } when _options.DaprApp is null => "the operator takes no topics: start it with --dapr-app-bind-address and a Dapr sidecar",
        { Topic: { } topic } => await _grants.ProblemAsync(ns, topic.Pubsub, cancellation),
        _ => null,
    };
}
