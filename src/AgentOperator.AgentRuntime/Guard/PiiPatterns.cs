using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using AgentOperator.Api.Agents;

namespace AgentOperator.AgentRuntime.Guard;

/// <summary>Personal data that has a form. What is found is replaced by its name.</summary>
internal static partial class PiiPatterns
{
    /// <summary>The text with what <paramref name="entities"/> name replaced. Those with a checksum go first, so that none is taken for a phone number.</summary>
    public static string Redact(string text, IReadOnlyList<string> entities)
    {
        text = Replace(text, entities, RedactedEntities.EmailAddress, Email(), static _ => true);
        text = Replace(text, entities, RedactedEntities.CreditCard, Card(), IsCard);
        text = entities.Contains(RedactedEntities.IbanCode) ? Iban().Replace(text, RedactIban) : text;
        text = Replace(text, entities, RedactedEntities.IpAddress, Address(), static candidate => IsAddress(candidate));
        return Replace(text, entities, RedactedEntities.PhoneNumber, Phone(), IsPhone);
    }

    private static string Replace(string text, IReadOnlyList<string> entities, string entity, Regex pattern, Func<string, bool> isOne) =>
        entities.Contains(entity) ? pattern.Replace(text, match => isOne(match.Value) ? $"<{entity}>" : match.Value) : text;

    private static bool IsCard(string candidate)
    {
        int sum = 0;
        int count = 0;
        for (int i = candidate.Length - 1; i >= 0; i--)
        {
            if (char.IsAsciiDigit(candidate[i]))
            {
                int digit = candidate[i] - '0';
                digit = count++ % 2 == 1 ? digit * 2 : digit;
                sum += digit > 9 ? digit - 9 : digit;
            }
        }

        return count is >= 13 and <= 19 && sum % 10 == 0;
    }

    /// <summary>Words that follow an IBAN look like a part of it: the longest prefix with a right checksum is the IBAN.</summary>
    private static string RedactIban(Match match)
    {
        for (int length = match.Length; length >= 15; length--)
        {
            if ((length == match.Length || !char.IsAsciiLetterOrDigit(match.Value[length]) || match.Value[length - 1] == ' ') && IsIban(match.Value.AsSpan(0, length)))
            {
                return $"<{RedactedEntities.IbanCode}>{match.Value[length..]}";
            }
        }

        return match.Value;
    }

    private static bool IsIban(ReadOnlySpan<char> candidate)
    {
        Span<char> packed = stackalloc char[candidate.Length];
        int count = 0;
        foreach (char character in candidate)
        {
            if (character != ' ')
            {
                packed[count++] = character;
            }
        }

        int rest = 0;
        for (int i = 0; i < count; i++)
        {
            char character = packed[(i + 4) % count];
            int value = char.IsAsciiDigit(character) ? character - '0' : character - 'A' + 10;
            rest = ((rest * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return count is >= 15 and <= 34 && candidate[^1] != ' ' && rest == 1;
    }

    private static bool IsAddress(string candidate) =>
        IPAddress.TryParse(candidate, out IPAddress? address)
        && (address.AddressFamily == AddressFamily.InterNetwork ? candidate.Count(static character => character == '.') == 3 : candidate.Length > 2);

    private static bool IsPhone(string candidate)
    {
        int digits = candidate.Count(char.IsAsciiDigit);
        int groups = candidate.Count(static character => character is ' ' or '-' or '.' or '(');
        return digits <= 15 && (candidate[0] == '+' ? digits >= 8 : digits >= 9 && groups >= 2);
    }

    [GeneratedRegex(@"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<![0-9])(?:[0-9][ -]?){12,18}[0-9](?![0-9])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Card();

    [GeneratedRegex(@"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Iban();

    [GeneratedRegex(@"(?<![0-9A-Za-z.:])(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?![0-9A-Za-z:]|\.[0-9])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<![\w.])(?:\+|\()?[0-9][0-9 ().-]{6,20}[0-9](?!\w)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Phone();
}
