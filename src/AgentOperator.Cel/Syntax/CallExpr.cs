namespace AgentOperator.Cel.Syntax;

/// <summary>A call, or an operator by its name: <c>_+_</c>.</summary>
internal sealed class CallExpr : Expr
{
    public CallExpr(int offset, string function, Expr? target, IReadOnlyList<Expr> arguments)
        : base(offset)
    {
        Function = function;
        Target = target;
        Arguments = arguments;
        Depth = Math.Max(Above(target), Above([.. arguments]));
    }

    public string Function { get; }

    /// <summary>The receiver; a chain of names may turn out to be the function's qualifier.</summary>
    public Expr? Target { get; }

    public IReadOnlyList<Expr> Arguments { get; }

    /// <summary>What it may call; set by the checker.</summary>
    public IReadOnlyList<CelFunction>? Overloads { get; set; }
}
