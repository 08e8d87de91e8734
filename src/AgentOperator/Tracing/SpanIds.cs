using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Tracing;

/// <summary>Ids derived from what they are of: whoever tells of a run, before or after a restart, gives the same.</summary>
internal static class SpanIds
{
    /// <summary>Trace of a run, 32 hex digits.</summary>
    public static string Trace(string uid, long run) => Hash(string.Create(CultureInfo.InvariantCulture, $"{uid}/{run}"), 16);

    /// <summary>Span of the run itself, 16 hex digits.</summary>
    public static string Run(string uid, long run) => Hash(string.Create(CultureInfo.InvariantCulture, $"{uid}/{run}/run"), 8);

    /// <summary>Span of a step, over all its attempts.</summary>
    public static string Step(string uid, long run, AttemptId attempt)
    {
        string step = attempt is { Part: not StepPart.Compensations, Visit: 1 } ? attempt.Step : attempt.Work;
        return Hash(string.Create(CultureInfo.InvariantCulture, $"{uid}/{run}/step/{step}"), 8);
    }

    private static string Hash(string text, int bytes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, bytes));
}
