using System.Text;

namespace AgentOperator.Manifests.Rules;

/// <summary>CRDs stay small, as the JSON that is sent: every client that discovers the API loads them, and annotations end at 256 KiB.</summary>
internal static class SizeRule
{
    public const int Maximum = 200 * 1024;

    public static string? Check(string name, string text) =>
        Encoding.UTF8.GetByteCount(text) is > Maximum and var size ? $"{name}: the CRD has {size} bytes, the limit is {Maximum}" : null;
}
