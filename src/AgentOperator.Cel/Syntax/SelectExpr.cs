namespace AgentOperator.Cel.Syntax;

/// <summary><c>a.b</c>, <c>a.?b</c> and <c>has(a.b)</c>.</summary>
internal sealed class SelectExpr : Expr
{
    public SelectExpr(int offset, Expr operand, string field, bool isOptional = false, bool isTest = false)
        : base(offset)
    {
        Operand = operand;
        Field = field;
        IsOptional = isOptional;
        IsTest = isTest;
        Depth = Above(operand);
    }

    public Expr Operand { get; }

    public string Field { get; }

    public bool IsOptional { get; }

    public bool IsTest { get; }
}
