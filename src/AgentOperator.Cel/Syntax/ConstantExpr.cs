namespace AgentOperator.Cel.Syntax;

/// <summary>A literal.</summary>
internal sealed class ConstantExpr(int offset, CelValue value) : Expr(offset)
{
    public CelValue Value => value;
}
