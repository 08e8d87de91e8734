using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>Waits for a time or for an event from outside; no pod runs meanwhile.</summary>
[CelRule("[has(self.duration), has(self.until), has(self.event)].filter(kind, kind).size() == 1", "a wait step waits for one thing: set one of duration, until and event")]
public sealed record WaitStep
{
    /// <summary>How long, <c>15m</c>.</summary>
    public Duration? Duration { get; init; }

    /// <summary>Until when: an RFC 3339 time, or <c>{{ }}</c> that gives one. A time that has passed does not wait.</summary>
    [Bounds(1, 1024)]
    public string? Until { get; init; }

    /// <summary>An event from outside.</summary>
    public WaitEvent? Event { get; init; }
}
