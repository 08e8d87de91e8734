namespace AgentOperator.Cel.Syntax;

/// <summary><c>a &amp;&amp; b &amp;&amp; …</c> or <c>a || b || …</c>: flat, so that long chains are not deep.</summary>
internal sealed class LogicalExpr : Expr
{
    public LogicalExpr(int offset, bool isAnd, IReadOnlyList<Expr> operands)
        : base(offset)
    {
        IsAnd = isAnd;
        Operands = operands;
        Depth = Above([.. operands]);
    }

    public bool IsAnd { get; }

    public IReadOnlyList<Expr> Operands { get; }
}
