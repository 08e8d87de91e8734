using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentOperator.Api.Digests;

namespace AgentOperator.Api.Approvals;

/// <summary>The hashes between records of decisions.</summary>
public static class ApprovalChain
{
    /// <summary>Most records that are kept: older ones fall off the front, and the first one left still names the hash of its forerunner.</summary>
    public const int Limit = 50;

    /// <summary>The chain with one more record.</summary>
    public static IReadOnlyList<ApprovalRecord> Append(IReadOnlyList<ApprovalRecord> chain, ApprovalRecord record)
    {
        ApprovalRecord linked = record with { Previous = chain.Count > 0 ? chain[^1].Hash : null, Hash = null };
        ApprovalRecord[] longer = [.. chain, linked with { Hash = Hash(linked) }];
        return longer.Length > Limit ? longer[^Limit..] : longer;
    }

    /// <summary>Index of the first record that is not what it was, or does not follow on the one before it; null when all do.</summary>
    public static int? FirstBroken(IReadOnlyList<ApprovalRecord> chain)
    {
        for (int i = 0; i < chain.Count; i++)
        {
            if (chain[i].Hash != Hash(chain[i]) || (i > 0 && chain[i].Previous != chain[i - 1].Hash))
            {
                return i;
            }
        }

        return null;
    }

    private static string Hash(ApprovalRecord record) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        CanonicalJson.Format(JsonSerializer.SerializeToElement(record with { Hash = null }, ApiJsonContext.Default.ApprovalRecord)))));
}
