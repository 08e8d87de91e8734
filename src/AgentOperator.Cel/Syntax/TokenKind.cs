namespace AgentOperator.Cel.Syntax;

/// <summary>What a token is. Operators are told apart by their text.</summary>
internal enum TokenKind
{
    End,
    Identifier,
    Escaped,
    Keyword,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Symbol,
}
