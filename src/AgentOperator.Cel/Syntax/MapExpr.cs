namespace AgentOperator.Cel.Syntax;

/// <summary><c>{a: b, ?c: d}</c>.</summary>
internal sealed class MapExpr : Expr
{
    public MapExpr(int offset, IReadOnlyList<MapEntry> entries)
        : base(offset)
    {
        Entries = entries;
        Depth = Above([.. entries.SelectMany(static entry => new[] { entry.Key, entry.Value })]);
    }

    public IReadOnlyList<MapEntry> Entries { get; }
}
