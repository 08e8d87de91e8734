using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Names of an attempt: the same after every crash, so that a second create finds the first.</summary>
internal static class AttemptName
{
    // An Indexed Job's pods add "-" and an index of up to five digits to stay within 63 characters (design: 52 for the Job).
    private const int MaxLength = 52;
    private const int HashLength = 10;

    /// <summary>Name of the attempt's Job: readable, then ten hex digits of the attempt's key.</summary>
    public static string Of(Workflow workflow, long run, AttemptId attempt) => Readable(workflow, attempt, Key(workflow.Metadata.Uid!, run, attempt));

    /// <summary>What the names of ConfigMaps with results of a step's items begin with.</summary>
    public static string ResultsOf(Workflow workflow, long run, AttemptId attempt) =>
        Readable(workflow, attempt, string.Create(CultureInfo.InvariantCulture, $"{workflow.Metadata.Uid}/{run}/{(attempt with { Item = null }).Work}/results"));

    /// <summary>What tells one attempt from every other.</summary>
    public static string Key(string uid, long run, AttemptId attempt) => string.Create(CultureInfo.InvariantCulture, $"{uid}/{run}/{attempt.Work}/{attempt.Attempt}");

    /// <summary>Key for effects outside the cluster: the same for every attempt at one piece of work.</summary>
    public static string IdempotencyKey(string uid, long run, AttemptId attempt) => Hash(string.Create(CultureInfo.InvariantCulture, $"{uid}/{run}/{attempt.Work}"))[..32];

    private static string Readable(Workflow workflow, AttemptId attempt, string key)
    {
        string undo = attempt.Part == StepPart.Compensations ? "undo-" : "";
        string prefix = $"{workflow.Metadata.Name}-{undo}{attempt.Step}".Replace('.', '-');
        int room = MaxLength - HashLength - 1;
        prefix = (prefix.Length > room ? prefix[..room] : prefix).TrimEnd('-');
        return $"{prefix}-{Hash(key)[..HashLength]}";
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
