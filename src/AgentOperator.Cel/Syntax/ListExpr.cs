namespace AgentOperator.Cel.Syntax;

/// <summary><c>[a, ?b]</c>.</summary>
internal sealed class ListExpr : Expr
{
    public ListExpr(int offset, IReadOnlyList<Expr> elements, IReadOnlySet<int> optional)
        : base(offset)
    {
        Elements = elements;
        Optional = optional;
        Depth = Above([.. elements]);
    }

    public IReadOnlyList<Expr> Elements { get; }

    /// <summary>The indexes of the elements that are left out where they have no value.</summary>
    public IReadOnlySet<int> Optional { get; }
}
