using System.Security.Cryptography;
using System.Text;

namespace AgentOperator.Workflows.Items;

/// <summary>Names of what belongs to the items of one visit of a step: the same after every crash.</summary>
/// <param name="Workflow">Name of the Workflow.</param>
/// <param name="Uid">Its uid.</param>
/// <param name="Run">Number of the run.</param>
/// <param name="Step">Name of the step.</param>
/// <param name="Visit">How often the step's loop has come to it, from 1.</param>
internal sealed record ItemNames(string Workflow, string Uid, long Run, string Step, int Visit)
{
    // As a step's Job: what is made from it gets a suffix.
    private const int MaxLength = 52;
    private const int HashLength = 10;

    private string VisitKey => $"{Uid}/{Run}/{Step}/{Visit}";

    /// <summary>The ConfigMaps of results are named this, a hyphen, and a number from 0.</summary>
    public string Results => Name($"{VisitKey}/results");

    /// <summary>A ConfigMap of what an attempt's items are given.</summary>
    public static string Inputs(string job, int number) => $"{job}-items-{number}";

    /// <summary>A ConfigMap of results.</summary>
    public static string ResultsPart(string results, int number) => $"{results}-{number}";

    /// <summary>Job of an item's attempt.</summary>
    public string Job(int place, int attempt) => Name(Key(place, attempt));

    /// <summary>What tells one attempt of an item from every other.</summary>
    public string Key(int place, int attempt) => $"{VisitKey}/item-{place}/{attempt}";

    /// <summary>What tells one attempt of the whole step from every other.</summary>
    public string Key(int attempt) => $"{VisitKey}/{attempt}";

    /// <summary>Key for effects outside the cluster: the same for every attempt of an item.</summary>
    public string IdempotencyKey(int place) => Hash($"{VisitKey}/item-{place}")[..32];

    private string Name(string key)
    {
        string prefix = $"{Workflow}-{Step}".Replace('.', '-');
        int room = MaxLength - HashLength - 1;
        prefix = (prefix.Length > room ? prefix[..room] : prefix).TrimEnd('-');
        return $"{prefix}-{Hash(key)[..HashLength]}";
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
