using System.Text.Json;
using AgentOperator.Api.Agents;

namespace AgentOperator.AgentRuntime.Guard;

/// <summary>The default guard: patterns. It catches well-formed e-mail addresses, card numbers (Luhn), phone numbers with a plus or in groups, IP addresses and IBANs (checksum),
/// and the usual English phrasings that tell a model to drop its orders. It misses names, postal addresses, anything spelled out, encoded, split over fields or in pictures, and orders
/// in other languages or words of their own: it lowers a risk and ends none.</summary>
internal sealed class PatternGuard(AgentGuard? settings) : IGuard
{
    private readonly IReadOnlyList<string> _redact = settings?.Redact ?? [];
    private readonly string _injection = settings?.Injection ?? InjectionActions.Flag;

    public int MaxInputBytes { get; } = settings?.MaxInputBytes ?? 65536;

    public bool Redacts => _redact.Count > 0;

    public GuardVerdict<JsonElement> CheckInput(JsonElement input)
    {
        bool isFlagged = _injection != InjectionActions.Off && JsonTexts.Any(input, InjectionPatterns.Match);
        return new(Redact(input), isFlagged, isFlagged && _injection == InjectionActions.Block ? "The input gives orders to the model, which spec.guard.injection forbids." : null);
    }

    public GuardVerdict<string> CheckToolResult(string text)
    {
        bool isFlagged = _injection != InjectionActions.Off && InjectionPatterns.Match(text);
        return new(Redact(text), isFlagged, isFlagged && _injection == InjectionActions.Block ? "gives orders to the model, which spec.guard.injection forbids" : null);
    }

    public JsonElement Redact(JsonElement value) => Redacts ? JsonTexts.Replace(value, Redact) : value;

    public string Redact(string text) => Redacts ? PiiPatterns.Redact(text, _redact) : text;
}
