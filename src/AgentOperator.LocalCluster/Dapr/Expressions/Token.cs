namespace AgentOperator.Local.Dapr.Expressions;

/// <summary>A part of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; of a text what it says.</param>
/// <param name="Position">Where it begins, from 0.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position);
