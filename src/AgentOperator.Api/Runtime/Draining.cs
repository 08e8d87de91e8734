using AgentOperator.Api.Agents;

namespace AgentOperator.Api.Runtime;

/// <summary>How long calls in flight get when a pod is to end: the operator's grace period and the runtime's patience are one.</summary>
public static class Draining
{
    private const int DefaultTimeoutSeconds = 600;

    // A node that is emptied should not wait for the longest of calls.
    private const int MostSeconds = 60;

    /// <summary>As long as a call may take, but a minute at most; whole seconds.</summary>
    public static TimeSpan TimeOf(AgentLimits? limits) =>
        TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(limits?.Timeout?.ToTimeSpan().TotalSeconds ?? DefaultTimeoutSeconds), 1, MostSeconds));
}
