using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Triggers.Events;

namespace AgentOperator.Workflows.Triggers.Deciding;

/// <summary>Which events need not be known any longer.</summary>
internal sealed record EventRetention(IReadOnlyList<ObjectDelete> Forgotten, DateTimeOffset? WakeAt)
{
    /// <summary>How long an event is known after it came: until then it does nothing when it comes again.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    public static EventRetention Of(IEnumerable<EventDelivery> deliveries, DateTimeOffset now)
    {
        List<ObjectDelete> forgotten = [];
        DateTimeOffset? wakeAt = null;
        foreach (EventDelivery delivery in deliveries.Where(static delivery => delivery.IsHandled && !delivery.IsTerminating()))
        {
            if (delivery.Metadata.CreationTimestamp is not { } created || created.Value + Memory <= now)
            {
                forgotten.Add(new ObjectDelete(delivery.Metadata.Name!, delivery.Metadata.Uid, delivery.Metadata.ResourceVersion));
            }
            else if (created.Value + Memory is var at && !(wakeAt <= at))
            {
                wakeAt = at;
            }
        }

        return new EventRetention(forgotten, wakeAt);
    }
}
