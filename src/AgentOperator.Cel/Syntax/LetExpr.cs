namespace AgentOperator.Cel.Syntax;

/// <summary><c>cel.bind(x, value, body)</c>.</summary>
internal sealed class LetExpr : Expr
{
    public LetExpr(int offset, string variable, Expr value, Expr body)
        : base(offset)
    {
        Variable = variable;
        Value = value;
        Body = body;
        Depth = Above(value, body);
    }

    public string Variable { get; }

    public Expr Value { get; }

    public Expr Body { get; }
}
