using Microsoft.Extensions.Primitives;

namespace AgentOperator.Local.Dapr.Api;

/// <summary>W3C baggage: members of name and value.</summary>
internal static class Baggage
{
    public static bool IsValid(StringValues header)
    {
        foreach (string? value in header)
        {
            foreach (string member in (value ?? "").Split(','))
            {
                int equals = member.IndexOf('=', StringComparison.Ordinal);
                string name = equals < 0 ? "" : member[..equals].Trim();
                if (name.Length == 0 || name.Any(static letter => letter <= ' ' || letter >= 127 || "\"(),/:;<=>?@[\\]{}".Contains(letter, StringComparison.Ordinal)))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
