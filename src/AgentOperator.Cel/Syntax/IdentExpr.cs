namespace AgentOperator.Cel.Syntax;

/// <summary>A name; with a leading dot it is never a macro's variable.</summary>
internal sealed class IdentExpr(int offset, string name, bool isRooted = false) : Expr(offset)
{
    public string Name => name;

    public bool IsRooted => isRooted;
}
