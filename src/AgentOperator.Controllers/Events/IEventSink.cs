using AgentOperator.Kube.Models.Events;

namespace AgentOperator.Controllers.Events;

/// <summary>Where events are written.</summary>
internal interface IEventSink
{
    Task CreateAsync(Event what, CancellationToken cancellation);

    /// <summary>Writes how often a known event has come by now.</summary>
    Task UpdateAsync(Event what, CancellationToken cancellation);
}
