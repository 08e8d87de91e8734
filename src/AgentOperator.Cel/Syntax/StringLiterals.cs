using System.Globalization;
using System.Text;

namespace AgentOperator.Cel.Syntax;

/// <summary>Strings and bytes, with their prefixes, quotes and escapes.</summary>
internal static class StringLiterals
{
    /// <summary>Reads one where it begins; otherwise moves nothing.</summary>
    public static bool TryRead(string text, ref int at, out Token token)
    {
        int quote = at;
        bool raw = false;
        bool bytes = false;
        while (quote < text.Length && quote < at + 2 && text[quote] is 'r' or 'R' or 'b' or 'B')
        {
            bool isRaw = text[quote] is 'r' or 'R';
            if (isRaw ? raw : bytes)
            {
                break;
            }

            raw |= isRaw;
            bytes |= !isRaw;
            quote++;
        }

        token = default;
        if (quote >= text.Length || text[quote] is not ('"' or '\''))
        {
            return false;
        }

        int start = at;
        string delimiter = text.AsSpan(quote).StartsWith(new string(text[quote], 3), StringComparison.Ordinal) ? new string(text[quote], 3) : text[quote].ToString();
        int body = quote + delimiter.Length;
        int end = FindEnd(text, body, delimiter, raw, start);
        at = end + delimiter.Length;
        CelValue value = bytes ? CelValue.From(Bytes(text, body, end, raw)) : CelValue.From(String(text, body, end, raw));
        token = new Token(bytes ? TokenKind.Bytes : TokenKind.String, start, at, text[start..at], value);
        return true;
    }

    private static int FindEnd(string text, int body, string delimiter, bool raw, int start)
    {
        for (int i = body; i < text.Length; i++)
        {
            if (text.AsSpan(i).StartsWith(delimiter, StringComparison.Ordinal))
            {
                return i;
            }

            if (delimiter.Length == 1 && text[i] is '\n' or '\r')
            {
                throw new SyntaxException(start, "a string has no end on its line: close it, or use triple quotes for several lines");
            }

            if (!raw && text[i] == '\\')
            {
                i++;
            }
        }

        throw new SyntaxException(start, $"a string has no end: add the closing {delimiter}");
    }

    private static string String(string text, int at, int end, bool raw)
    {
        if (raw)
        {
            return Checked(text[at..end], at);
        }

        StringBuilder made = new(end - at);
        while (at < end)
        {
            if (text[at] == '\\')
            {
                made.Append(new Rune(Escape(text, ref at, end, bytes: false)).ToString());
            }
            else
            {
                made.Append(text[at++]);
            }
        }

        return Checked(made.ToString(), at);
    }

    private static ReadOnlyMemory<byte> Bytes(string text, int at, int end, bool raw)
    {
        using MemoryStream made = new();
        while (at < end)
        {
            if (text[at] == '\\' && !raw)
            {
                made.WriteByte((byte)Escape(text, ref at, end, bytes: true));
                continue;
            }

            int next = raw ? -1 : text.IndexOf('\\', at, end - at);
            next = next < 0 ? end : next;
            made.Write(Encoding.UTF8.GetBytes(Checked(text[at..next], at)));
            at = next;
        }

        return made.ToArray();
    }

    private static string Checked(string value, int at)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(value[i]))
            {
                throw new SyntaxException(at, "a string has half of a surrogate pair, which is no character");
            }
        }

        return value;
    }

    private static int Escape(string text, ref int at, int end, bool bytes)
    {
        int start = at;
        char kind = at + 1 < end ? text[at + 1] : '\0';
        at += 2;
        switch (kind)
        {
            case 'a': return '\a';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            case '\\' or '?' or '"' or '\'' or '`': return kind;
            case 'x' or 'X': return Hex(text, ref at, end, 2, start);
            case 'u' when !bytes: return CodePoint(Hex(text, ref at, end, 4, start), start);
            case 'U' when !bytes: return CodePoint(Hex(text, ref at, end, 8, start), start);
            case >= '0' and <= '3' when at + 1 < end && IsOctal(text[at]) && IsOctal(text[at + 1]):
                int octal = ((kind - '0') * 64) + ((text[at] - '0') * 8) + (text[at + 1] - '0');
                at += 2;
                return octal;
            default:
                throw new SyntaxException(start, $@"'\{(kind == '\0' ? "" : kind)}' is no escape{(bytes ? " of bytes" : "")}: write '\\' for a backslash, or a raw string: r'…'");
        }
    }

    private static bool IsOctal(char c) => c is >= '0' and <= '7';

    private static int Hex(string text, ref int at, int end, int digits, int start)
    {
        if (at + digits > end || !int.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value))
        {
            throw new SyntaxException(start, $"an escape needs {digits} hexadecimal digits here");
        }

        at += digits;
        return value;
    }

    private static int CodePoint(int value, int start) =>
        Rune.IsValid(value) ? value : throw new SyntaxException(start, "an escape names no character: surrogates and numbers over 10FFFF are none");
}
