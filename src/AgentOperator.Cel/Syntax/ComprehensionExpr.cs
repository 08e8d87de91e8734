namespace AgentOperator.Cel.Syntax;

/// <summary>A macro that loops over a list's elements or a map's keys; with a second variable, over index and element, or key and value.</summary>
internal sealed class ComprehensionExpr : Expr
{
    public ComprehensionExpr(int offset, ComprehensionKind kind, Expr range, string variable, string? second, Expr? filter, Expr body)
        : base(offset)
    {
        Kind = kind;
        Range = range;
        Variable = variable;
        Second = second;
        Filter = filter;
        Body = body;
        Depth = Above(range, filter, body);
    }

    public ComprehensionKind Kind { get; }

    public Expr Range { get; }

    public string Variable { get; }

    public string? Second { get; }

    /// <summary>What an element must meet to be taken; null takes all.</summary>
    public Expr? Filter { get; }

    public Expr Body { get; }
}
