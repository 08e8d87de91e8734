using System.Text.Json;
using AgentOperator.Workflows.Triggers.Events;

namespace AgentOperator.Workflows.Triggers.Deciding;

/// <summary>An event that nothing was decided on yet.</summary>
/// <param name="Trigger">Name of its trigger.</param>
/// <param name="Id">Its id.</param>
/// <param name="At">When it happened.</param>
/// <param name="Body">What <c>event</c> is in expressions; undefined when it cannot be read.</param>
internal sealed record PendingEvent(string Trigger, string Id, DateTimeOffset At, JsonElement Body)
{
    /// <summary>Where it is kept; null for a scheduled time and for a change of the definition.</summary>
    public EventDelivery? Delivery { get; init; }

    /// <summary>Until when it may start; null for ever.</summary>
    public DateTimeOffset? Deadline { get; init; }
}
