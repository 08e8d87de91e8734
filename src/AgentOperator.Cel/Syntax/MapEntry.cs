namespace AgentOperator.Cel.Syntax;

/// <summary><c>key: value</c> or <c>?key: value</c>.</summary>
internal sealed record MapEntry(Expr Key, Expr Value, bool IsOptional);
