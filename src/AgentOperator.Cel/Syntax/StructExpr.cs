namespace AgentOperator.Cel.Syntax;

/// <summary><c>a.B{c: d}</c>: a protobuf message, which is understood so far as to be refused by name.</summary>
internal sealed class StructExpr : Expr
{
    public StructExpr(int offset, string name, IReadOnlyList<Expr> values)
        : base(offset)
    {
        Name = name;
        Values = values;
        Depth = Above([.. values]);
    }

    public string Name { get; }

    public IReadOnlyList<Expr> Values { get; }
}
