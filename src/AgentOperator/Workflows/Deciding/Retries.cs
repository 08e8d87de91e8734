using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Whether and when another attempt follows.</summary>
internal static class Retries
{
    private const int DefaultFactor = 2;
    private static readonly TimeSpan DefaultMax = TimeSpan.FromMinutes(5);

    /// <summary>Wait before the next attempt; null when there is none.</summary>
    public static TimeSpan? Delay(RetryPolicy? policy, AttemptEnd end, int attempt)
    {
        if (policy is null || !end.MayRetry || attempt > policy.Limit || !Covers(policy.Policy ?? RetryPolicies.OnFailure, end.Phase))
        {
            return null;
        }

        if (policy.Backoff is not { } backoff)
        {
            return TimeSpan.Zero;
        }

        double seconds = backoff.Initial.ToTimeSpan().TotalSeconds * Math.Pow(backoff.Factor ?? DefaultFactor, attempt - 1);
        TimeSpan max = backoff.Max?.ToTimeSpan() ?? DefaultMax;
        return seconds < max.TotalSeconds ? TimeSpan.FromSeconds(seconds) : max;
    }

    public static StepWaiting Waiting(int attempt, AttemptEnd end, DateTimeOffset until) => new()
    {
        Reason = WaitingReasons.Backoff,
        Until = new MicroTime(until),
        Message = string.Create(CultureInfo.InvariantCulture, $"attempt {attempt} ended {end.Phase} ({end.Reason}); the next one follows"),
    };

    private static bool Covers(string policy, string phase) => policy switch
    {
        RetryPolicies.Always => true,
        RetryPolicies.OnError => phase == StepPhases.Errored,
        _ => phase == StepPhases.Failed,
    };
}
