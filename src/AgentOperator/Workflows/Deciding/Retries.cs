using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Whether and when another attempt follows.</summary>
internal static class Retries
{
    private const int DefaultFactor = 2;
    private static readonly TimeSpan DefaultMax = TimeSpan.FromMinutes(5);

    /// <summary>Wait before the next attempt; null when there is none.</summary>
    /// <param name="policy">The step's policy.</param>
    /// <param name="end">How the attempt ended.</param>
    /// <param name="attempt">Its number.</param>
    /// <param name="key">Its key: jitter is drawn from it, so that the same attempt always waits equally long.</param>
    public static TimeSpan? Delay(RetryPolicy? policy, AttemptEnd end, int attempt, string key)
    {
        if (policy is null || !end.MayRetry || attempt > policy.Limit || !Covers(policy.Policy ?? RetryPolicies.OnFailure, end.Phase))
        {
            return null;
        }

        if (end.ExitCode is { } code && policy.NonRetryableExitCodes?.Contains(code) == true)
        {
            return null;
        }

        if (policy.Backoff is not { } backoff)
        {
            return TimeSpan.Zero;
        }

        double seconds = backoff.Initial.ToTimeSpan().TotalSeconds * Math.Pow(backoff.Factor ?? DefaultFactor, attempt - 1);
        TimeSpan max = backoff.Max?.ToTimeSpan() ?? DefaultMax;
        TimeSpan wait = seconds < max.TotalSeconds ? TimeSpan.FromSeconds(seconds) : max;
        return wait * (1 - ((backoff.JitterPercent ?? 0) / 100.0 * Share(key)));
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

    /// <summary>From 0 to 1, even over keys.</summary>
    private static double Share(string key) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(key))) / (double)uint.MaxValue;
}
