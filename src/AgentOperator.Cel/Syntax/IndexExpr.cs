namespace AgentOperator.Cel.Syntax;

/// <summary><c>a[b]</c> and <c>a[?b]</c>.</summary>
internal sealed class IndexExpr : Expr
{
    public IndexExpr(int offset, Expr operand, Expr index, bool isOptional)
        : base(offset)
    {
        Operand = operand;
        Index = index;
        IsOptional = isOptional;
        Depth = Above(operand, index);
    }

    public Expr Operand { get; }

    public Expr Index { get; }

    public bool IsOptional { get; }
}
