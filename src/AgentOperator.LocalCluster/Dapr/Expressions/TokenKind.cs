namespace AgentOperator.Local.Dapr.Expressions;

/// <summary>Kinds of tokens.</summary>
internal enum TokenKind
{
    End,
    Name,
    Text,
    Number,
    Symbol,
}
