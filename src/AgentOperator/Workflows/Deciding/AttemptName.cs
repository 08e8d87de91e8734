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

    // Steps run once per run until loops exist; the visit is in the key from the start so that names do not change then.
    private const int Visit = 1;

    /// <summary>Name of the attempt's Job: readable, then ten hex digits of the attempt's key.</summary>
    public static string Of(Workflow workflow, long run, string step, int attempt)
    {
        string prefix = $"{workflow.Metadata.Name}-{step}".Replace('.', '-');
        int room = MaxLength - HashLength - 1;
        prefix = (prefix.Length > room ? prefix[..room] : prefix).TrimEnd('-');
        return $"{prefix}-{Hash(Key(workflow.Metadata.Uid!, run, step, attempt))[..HashLength]}";
    }

    /// <summary>What tells one attempt from every other.</summary>
    public static string Key(string uid, long run, string step, int attempt) => $"{uid}/{run}/{step}/{Visit}/{attempt}";

    /// <summary>Key for effects outside the cluster: the same for every attempt of one visit of a step.</summary>
    public static string IdempotencyKey(string uid, long run, string step) => Hash($"{uid}/{run}/{step}/{Visit}")[..32];

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
