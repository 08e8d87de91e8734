using System.Globalization;

namespace AgentOperator.Cel.Syntax;

/// <summary>Numbers without sign.</summary>
internal static class NumberLiterals
{
    public static Token Read(string text, ref int at)
    {
        int start = at;
        bool hex = text[at] == '0' && at + 2 < text.Length && text[at + 1] is 'x' or 'X' && char.IsAsciiHexDigit(text[at + 2]);
        bool fraction = false;
        if (hex)
        {
            at += 2;
            Skip(text, ref at, char.IsAsciiHexDigit);
        }
        else
        {
            Skip(text, ref at, char.IsAsciiDigit);
            fraction = Fraction(text, ref at) | Exponent(text, ref at);
        }

        string digits = text[start..at];
        if (!fraction && at < text.Length && text[at] is 'u' or 'U')
        {
            at++;
            return ulong.TryParse(hex ? digits.AsSpan(2) : digits, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out ulong unsigned)
                ? new Token(TokenKind.Uint, start, at, digits, CelValue.From(unsigned))
                : throw new SyntaxException(start, $"{digits}u is no unsigned 64-bit integer");
        }

        if (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
        {
            throw new SyntaxException(start, $"'{text[start..(at + 1)]}' is no number; a name cannot begin with a digit, reach such a key by index: a['{text[start..(at + 1)]}']");
        }

        if (!fraction)
        {
            return new Token(TokenKind.Int, start, at, digits);
        }

        double value = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value)
            ? new Token(TokenKind.Double, start, at, digits, CelValue.From(value))
            : throw new SyntaxException(start, $"{digits} is no 64-bit floating-point number: it is too large");
    }

    /// <summary>The value of an integer's digits; the sign belongs to it, since the least has no positive counterpart.</summary>
    public static CelValue Integer(Token token, bool negative)
    {
        bool hex = token.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool read = ulong.TryParse(hex ? token.Text.AsSpan(2) : token.Text, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out ulong magnitude);
        if (!read || magnitude > (negative ? 1UL << 63 : long.MaxValue))
        {
            throw new SyntaxException(token.Start, $"{(negative ? "-" : "")}{token.Text} is no signed 64-bit integer; write it as double, '{token.Text}.0', or as uint, '{token.Text}u'");
        }

        return CelValue.From(negative ? unchecked(-(long)magnitude) : (long)magnitude);
    }

    private static bool Fraction(string text, ref int at)
    {
        if (at + 1 >= text.Length || text[at] != '.' || !char.IsAsciiDigit(text[at + 1]))
        {
            return false;
        }

        at++;
        Skip(text, ref at, char.IsAsciiDigit);
        return true;
    }

    private static bool Exponent(string text, ref int at)
    {
        if (at >= text.Length || text[at] is not ('e' or 'E'))
        {
            return false;
        }

        int digits = at + 1 < text.Length && text[at + 1] is '+' or '-' ? at + 2 : at + 1;
        if (digits >= text.Length || !char.IsAsciiDigit(text[digits]))
        {
            return false;
        }

        at = digits;
        Skip(text, ref at, char.IsAsciiDigit);
        return true;
    }

    private static void Skip(string text, ref int at, Func<char, bool> belongs)
    {
        while (at < text.Length && belongs(text[at]))
        {
            at++;
        }
    }
}
