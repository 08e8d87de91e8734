namespace AgentOperator.Kube.Models.Events;

/// <summary>events.k8s.io/v1 EventSeries: how often an event has come again.</summary>
public sealed record EventSeries
{
    public required int Count { get; init; }

    public required MicroTime LastObservedTime { get; init; }
}
