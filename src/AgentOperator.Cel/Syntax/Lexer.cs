using System.Buffers;

namespace AgentOperator.Cel.Syntax;

/// <summary>Text to tokens.</summary>
internal ref struct Lexer(string text)
{
    private static readonly SearchValues<char> EscapedName = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-/ ");
    private static readonly string[] Symbols = ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];
    private int _at;

    public Token Next()
    {
        SkipBlanks();
        if (_at >= text.Length)
        {
            return new Token(TokenKind.End, text.Length, text.Length, "");
        }

        int start = _at;
        char first = text[_at];
        if (StringLiterals.TryRead(text, ref _at, out Token literal))
        {
            return literal;
        }

        if (char.IsAsciiDigit(first) || (first == '.' && char.IsAsciiDigit(Peek(1))))
        {
            return NumberLiterals.Read(text, ref _at);
        }

        if (IsNameStart(first))
        {
            while (_at < text.Length && IsNamePart(text[_at]))
            {
                _at++;
            }

            string name = text[start.._at];
            return new Token(name is "true" or "false" or "null" or "in" ? TokenKind.Keyword : TokenKind.Identifier, start, _at, name);
        }

        return first == '`' ? Escaped() : Symbol();
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private readonly char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private Token Escaped()
    {
        int start = _at;
        int end = text.IndexOf('`', start + 1);
        if (end < 0)
        {
            throw new SyntaxException(start, "a name in backticks has no end: add the closing '`'");
        }

        ReadOnlySpan<char> name = text.AsSpan(start + 1, end - start - 1);
        int wrong = name.IndexOfAnyExcept(EscapedName);
        if (name.IsEmpty || wrong >= 0)
        {
            throw new SyntaxException(start + 1 + Math.Max(wrong, 0), "a name in backticks has letters, digits, '_', '.', '-', '/' and spaces only; reach other keys by index: a['key']");
        }

        _at = end + 1;
        return new Token(TokenKind.Escaped, start, _at, name.ToString());
    }

    private Token Symbol()
    {
        foreach (string symbol in Symbols)
        {
            if (text.AsSpan(_at).StartsWith(symbol, StringComparison.Ordinal))
            {
                _at += symbol.Length;
                return new Token(TokenKind.Symbol, _at - symbol.Length, _at, symbol);
            }
        }

        string hint = text[_at] switch
        {
            '=' => "; equality is '=='",
            '&' => "; and is '&&'",
            '|' => "; or is '||'",
            _ => "",
        };
        string shown = char.IsControl(text[_at]) || char.IsSurrogate(text[_at]) ? $"U+{(int)text[_at]:X4}" : text[_at].ToString();
        throw new SyntaxException(_at, $"unexpected character '{shown}'{hint}");
    }

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\n' or '\f' or '\r')
            {
                _at++;
            }
            else if (text[_at] == '/' && Peek(1) == '/')
            {
                int end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
            }
            else
            {
                return;
            }
        }
    }
}
