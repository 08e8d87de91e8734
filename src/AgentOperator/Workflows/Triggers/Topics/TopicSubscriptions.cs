using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using AgentOperator.Agents.Dapr;
using AgentOperator.Api;
using AgentOperator.Api.Digests;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Triggers.Events;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Workflows.Triggers.Topics;

/// <summary>Keeps one Dapr Subscription in the operator's namespace for each topic that a trigger names and may have. It is read and written only when triggers change, and once a minute.</summary>
[RequiresAccess<DaprSubscriptionObject>(Verbs.Create, Verbs.Delete, Verbs.List, Verbs.Patch, InOwnNamespace = true)]
internal sealed partial class TopicSubscriptions : IController
{
    private const string Component = "trigger-topic";
    private const int HashLength = 16;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);
    private static readonly ApplyOptions Apply = new("agentoperator-workflow");

    private readonly KubeClient _client;
    private readonly ObjectStore<Workflow> _workflows;
    private readonly TopicGrants _grants;
    private readonly OperatorOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<TopicSubscriptions> _logger;
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public TopicSubscriptions(KubeClient client, ObjectStore<Workflow> workflows, TopicGrants grants, OperatorOptions options, TimeProvider time, ILogger<TopicSubscriptions> logger)
    {
        _client = client;
        _workflows = workflows;
        _grants = grants;
        _options = options;
        _time = time;
        _logger = logger;
        workflows.Subscribe((before, after) =>
        {
            if (before?.Metadata.Generation != after?.Metadata.Generation && (HasTopics(before) || HasTopics(after)))
            {
                _changed.Writer.TryWrite(true);
            }
        });
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        TimeSpan pause = TimeSpan.Zero;
        try
        {
            while (true)
            {
                using CancellationTokenSource patience = new(pause, _time);
                using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
                await WaitAsync(either.Token);
                cancellation.ThrowIfCancellationRequested();
                pause = await TrySyncAsync(cancellation) ? Period : RetryDelay;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The operator stops: what is subscribed to stays.
        }
    }

    private static bool HasTopics(Workflow? workflow) => workflow?.Spec.Triggers?.Any(static trigger => trigger.Topic is not null) == true;

    private async Task WaitAsync(CancellationToken cancellation)
    {
        try
        {
            await _changed.Reader.ReadAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // Time is up, or all is: the caller knows.
        }
    }

    private async Task<bool> TrySyncAsync(CancellationToken cancellation)
    {
        try
        {
            await SyncAsync(cancellation);
            return true;
        }
        catch (Exception error) when (error is KubeApiException or HttpRequestException or IOException)
        {
            LogFailed(_logger, error.Message);
            return false;
        }
    }

    private async Task SyncAsync(CancellationToken cancellation)
    {
        Dictionary<string, DaprSubscriptionObject> wanted = new(StringComparer.Ordinal);
        foreach ((string? ns, string pubsub, string topic) in _workflows.All.Where(static workflow => !workflow.IsTerminating()).SelectMany(static workflow => (workflow.Spec.Triggers ?? []).Where(static trigger => trigger.Topic is not null).Select(trigger => (workflow.Metadata.Namespace, trigger.Topic!.Pubsub, trigger.Topic.Topic))).Distinct())
        {
            if (await _grants.ProblemAsync(ns!, pubsub, cancellation) is null)
            {
                DaprSubscriptionObject subscription = Of(pubsub, topic);
                wanted[subscription.Metadata.Name!] = subscription;
            }
        }

        ResourceClient<DaprSubscriptionObject> subscriptions = _client.Resource<DaprSubscriptionObject>(_options.OwnNamespace);
        IReadOnlyList<DaprSubscriptionObject> there = (await subscriptions.ListAsync(new ListOptions { LabelSelector = $"{Labels.Component}={Component},{Labels.Instance}={_options.DaprAppId}" }, cancellation)).Items;
        foreach (DaprSubscriptionObject subscription in wanted.Values.Where(one => !there.Any(other => other.Metadata.Name == one.Metadata.Name && Meaning(other) == Meaning(one))))
        {
            await subscriptions.ApplyAsync(subscription, Apply, cancellation);
        }

        foreach (DaprSubscriptionObject surplus in there.Where(other => !wanted.ContainsKey(other.Metadata.Name!)))
        {
            await subscriptions.DeleteAsync(surplus.Metadata.Name!, new DeleteOptions { Uid = surplus.Metadata.Uid }, cancellation);
        }
    }

    private DaprSubscriptionObject Of(string pubsub, string topic) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = $"agentoperator-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{_options.DaprAppId}/{pubsub}/{topic}")))[..HashLength]}",
            Namespace = _options.OwnNamespace,
            Labels = new Dictionary<string, string>
            {
                [Labels.ManagedBy] = Labels.ManagedByValue,
                [Labels.PartOf] = Labels.ManagedByValue,
                [Labels.Component] = Component,
                [Labels.Instance] = _options.DaprAppId,
            },
        },
        Spec = EventBody.Freeze(new JsonObject { ["pubsubname"] = pubsub, ["topic"] = topic, ["routes"] = new JsonObject { ["default"] = TopicReceiver.Route } }),
        Scopes = [_options.DaprAppId],
    };

    private static string Meaning(DaprSubscriptionObject subscription) => $"{(subscription.Spec is { } spec ? CanonicalJson.Format(spec) : "")} {string.Join(',', subscription.Scopes ?? [])}";

    [LoggerMessage(1, LogLevel.Warning, "Subscriptions to topics could not be written: {Problem}")]
    private static partial void LogFailed(ILogger logger, string problem);
}
