namespace AgentOperator.Cel.Syntax;

/// <summary>A token; a literal's value is parsed already.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End, string Text, CelValue Value = default)
{
    public bool Is(string symbol) => Kind is TokenKind.Symbol && Text == symbol;

    public string Describe() => Kind switch
    {
        TokenKind.End => "the end of the expression",
        TokenKind.String or TokenKind.Bytes or TokenKind.Int or TokenKind.Uint or TokenKind.Double => "a literal",
        _ => $"'{Text}'",
    };
}
