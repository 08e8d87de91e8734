using System.Text.RegularExpressions;

namespace AgentOperator.AgentRuntime.Guard;

/// <summary>Phrasings that tell a model to drop its orders. Every pattern is bounded, and a time limit stands behind that.</summary>
internal static partial class InjectionPatterns
{
    public static bool Match(string text) => Orders().IsMatch(text) || Questions().IsMatch(text) || Marks().IsMatch(text);

    [GeneratedRegex(@"\b(ignore|disregard|forget|override|bypass)\s{1,5}(all\s{1,5}|any\s{1,5}|everything\s{1,5}|of\s{1,5}|the\s{1,5}|your\s{1,5}|my\s{1,5}|these\s{1,5}|previous\s{1,5}|prior\s{1,5}|above\s{1,5}|earlier\s{1,5}|system\s{1,5}){1,5}(instructions?|prompts?|rules?|directions?|guidelines?|commands?|messages?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Orders();

    [GeneratedRegex(@"\b(reveal|print|show|repeat|output|tell\s{1,5}me)\s{1,5}(me\s{1,5})?(your|the)\s{1,5}(hidden\s{1,5}|initial\s{1,5}|full\s{1,5})?(system\s{1,5}prompt|system\s{1,5}message|instructions)\b|\byou\s{1,5}are\s{1,5}now\s{1,5}(dan\b|in\s{1,5}developer\s{1,5}mode|jailbroken|unrestricted)|\bdo\s{1,5}anything\s{1,5}now\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Questions();

    [GeneratedRegex(@"<\|(im_start|im_end|system|endoftext)\|>|\[/?INST\]|<<SYS>>|^\s{0,5}(###\s{0,3})?(new|updated)\s{1,5}(system\s{1,5})?(instructions|prompt)\s{0,3}:", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Marks();
}
