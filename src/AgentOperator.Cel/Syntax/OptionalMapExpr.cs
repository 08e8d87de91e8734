namespace AgentOperator.Cel.Syntax;

/// <summary><c>o.optMap(x, body)</c> and <c>o.optFlatMap(x, body)</c>.</summary>
internal sealed class OptionalMapExpr : Expr
{
    public OptionalMapExpr(int offset, Expr target, string variable, Expr body, bool isFlat)
        : base(offset)
    {
        Target = target;
        Variable = variable;
        Body = body;
        IsFlat = isFlat;
        Depth = Above(target, body);
    }

    public Expr Target { get; }

    public string Variable { get; }

    public Expr Body { get; }

    public bool IsFlat { get; }
}
