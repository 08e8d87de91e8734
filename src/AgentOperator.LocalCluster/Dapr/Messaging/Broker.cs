using System.Collections.Concurrent;

namespace AgentOperator.Local.Dapr.Messaging;

/// <summary>The back end of <c>pubsub.in-memory</c>: one for a Component. Each consumer group of a topic gets each message once, and keeps it while nobody of it is there.</summary>
internal sealed class Broker(TimeProvider time, TimeSpan redeliverAfter)
{
    private readonly ConcurrentDictionary<(string Topic, string Group), ConsumerGroup> _groups = new();

    /// <summary>The group's queue; a topic is known to a group from its first consumer on.</summary>
    public ConsumerGroup Join(string topic, string group) => _groups.GetOrAdd((topic, group), _ => new ConsumerGroup(time, redeliverAfter));

    public void Publish(string topic, Message message)
    {
        foreach (((string Topic, string Group) key, ConsumerGroup group) in _groups)
        {
            if (key.Topic == topic)
            {
                group.Add(message);
            }
        }
    }
}
