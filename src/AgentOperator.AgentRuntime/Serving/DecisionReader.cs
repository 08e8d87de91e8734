using System.Text.Json;
using AgentOperator.AgentRuntime.Loop;

namespace AgentOperator.AgentRuntime.Serving;

/// <summary>The caller's yes or no: <c>{"decision": "Approve"}</c>, <c>{"decision": "Deny", "comment": "…"}</c>.</summary>
internal static class DecisionReader
{
    /// <exception cref="CallEndedException">It is neither.</exception>
    public static CallDecision Read(JsonElement body) => TryRead(body)
        ?? throw new CallEndedException(SkillEnd.Refused, SkillReasons.BadInput, "Say {\"decision\": \"Approve\"}, or {\"decision\": \"Deny\", \"comment\": \"…\"}.");

    public static CallDecision? TryRead(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("decision", out JsonElement decision) || decision.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        string? comment = body.TryGetProperty("comment", out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        return OfWord(decision.GetString()!, comment);
    }

    /// <summary>A text that is nothing but yes or no.</summary>
    public static CallDecision? OfWord(string word, string? comment = null) => word.Trim().TrimEnd('.', '!').ToUpperInvariant() switch
    {
        "APPROVE" or "APPROVED" or "YES" => new CallDecision(true, comment),
        "DENY" or "DENIED" or "REJECT" or "NO" => new CallDecision(false, comment),
        _ => null,
    };
}
