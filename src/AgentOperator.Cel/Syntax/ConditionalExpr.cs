namespace AgentOperator.Cel.Syntax;

/// <summary><c>a ? b : c</c>.</summary>
internal sealed class ConditionalExpr : Expr
{
    public ConditionalExpr(int offset, Expr condition, Expr whenTrue, Expr whenFalse)
        : base(offset)
    {
        Condition = condition;
        WhenTrue = whenTrue;
        WhenFalse = whenFalse;
        Depth = Above(condition, whenTrue, whenFalse);
    }

    public Expr Condition { get; }

    public Expr WhenTrue { get; }

    public Expr WhenFalse { get; }
}
