using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Requests as text: <c>run/what</c>.</summary>
internal static class RequestText
{
    private const int MaxLength = 253;

    public static (long? Run, string? What) Split(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && text.Length <= MaxLength && long.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out long run)
            ? (run, text[(slash + 1)..])
            : (null, null);
    }

    /// <summary>The same where a visit of a loop may be named: <c>run.visit/what</c>.</summary>
    public static (long? Run, int? Visit, string? What) SplitVisit(string text)
    {
        int slash = Math.Max(text.IndexOf('/', StringComparison.Ordinal), 0);
        int dot = text.AsSpan(0, slash).IndexOf('.');
        (long? run, string? what) = Split(dot < 0 ? text : string.Concat(text.AsSpan(0, dot), text.AsSpan(slash)));
        return dot < 0 ? (run, null, what)
            : int.TryParse(text.AsSpan(dot + 1, slash - dot - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int visit) ? (run, visit, what)
            : (null, null, null);
    }

    /// <summary>What is kept of a request that was handled: an annotation may be as long as it likes.</summary>
    public static string Echo(string text) =>
        text.Length <= MaxLength ? text : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
