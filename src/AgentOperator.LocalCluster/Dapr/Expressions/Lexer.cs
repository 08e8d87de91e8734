using System.Text;

namespace AgentOperator.Local.Dapr.Expressions;

/// <summary>Cuts an expression into tokens.</summary>
internal static class Lexer
{
    private static readonly string[] Symbols = ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", "[", "]", ",", ".", "-"];

    /// <exception cref="ExpressionException">A character that belongs to nothing.</exception>
    public static IReadOnlyList<Token> Read(string text)
    {
        List<Token> tokens = [];
        int i = 0;
        while (i < text.Length)
        {
            char letter = text[i];
            int start = i;
            if (char.IsWhiteSpace(letter))
            {
                i++;
            }
            else if (char.IsAsciiLetter(letter) || letter == '_')
            {
                i = Skip(text, i, static character => char.IsAsciiLetterOrDigit(character) || character == '_');
                tokens.Add(new Token(TokenKind.Name, text[start..i], start));
            }
            else if (char.IsAsciiDigit(letter))
            {
                i = Skip(text, i, static character => char.IsAsciiLetterOrDigit(character) || character == '.');
                tokens.Add(new Token(TokenKind.Number, text[start..i], start));
            }
            else if (letter is '"' or '\'')
            {
                (string value, i) = Quoted(text, i);
                tokens.Add(new Token(TokenKind.Text, value, start));
            }
            else
            {
                string symbol = Symbols.FirstOrDefault(candidate => string.CompareOrdinal(text, start, candidate, 0, candidate.Length) == 0)
                    ?? throw new ExpressionException($"position {start}: '{letter}' is not supported in a rule of the local cluster");
                tokens.Add(new Token(TokenKind.Symbol, symbol, start));
                i += symbol.Length;
            }
        }

        tokens.Add(new Token(TokenKind.End, "", text.Length));
        return tokens;
    }

    private static int Skip(string text, int from, Func<char, bool> belongs)
    {
        int i = from;
        while (i < text.Length && belongs(text[i]))
        {
            i++;
        }

        return i;
    }

    private static (string Value, int End) Quoted(string text, int start)
    {
        StringBuilder value = new();
        for (int i = start + 1; i < text.Length; i++)
        {
            if (text[i] == text[start])
            {
                return (value.ToString(), i + 1);
            }

            if (text[i] != '\\')
            {
                value.Append(text[i]);
                continue;
            }

            i++;
            value.Append(i >= text.Length ? '\\' : text[i] switch
            {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                '\\' or '"' or '\'' or '`' or '?' => text[i],
                _ => throw new ExpressionException($"position {i - 1}: the escape \\{text[i]} is not supported in a rule of the local cluster"),
            });
        }

        throw new ExpressionException($"position {start}: the text does not end");
    }
}
