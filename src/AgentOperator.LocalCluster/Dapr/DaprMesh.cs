using System.Collections.Concurrent;
using AgentOperator.Local.Dapr.Messaging;
using AgentOperator.Local.Dapr.Sidecars;
using AgentOperator.Local.Dapr.State;

namespace AgentOperator.Local.Dapr;

/// <summary>What all sidecars of one cluster share: a broker and a store for each Component, and each other's addresses.</summary>
internal sealed class DaprMesh(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Namespace, string Component), Broker> _brokers = new();
    private readonly ConcurrentDictionary<(string Namespace, string Component), StateStore> _stores = new();

    public TimeProvider Time => time;

    public SidecarDirectory Sidecars { get; } = new();

    /// <summary>How long a message that nobody took waits for its next attempt.</summary>
    public TimeSpan RedeliverAfter { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an invocation waits for its target to be there, each of three times.</summary>
    public TimeSpan InvokeAgainAfter { get; init; } = TimeSpan.FromSeconds(1);

    public Broker BrokerOf(string ns, string component) => _brokers.GetOrAdd((ns, component), _ => new Broker(time, RedeliverAfter));

    public StateStore StoreOf(string ns, string component) => _stores.GetOrAdd((ns, component), _ => new StateStore(time));
}
