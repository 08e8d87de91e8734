namespace AgentOperator.Cel.Syntax;

/// <summary>A node of the syntax tree.</summary>
internal abstract class Expr(int offset)
{
    /// <summary>Where it is in the text: its name or operator.</summary>
    public int Offset { get; } = offset;

    /// <summary>How many levels it has; bounded by the parser, so that those who walk the tree may recurse.</summary>
    public int Depth { get; private protected init; } = 1;

    /// <summary>What the checker found.</summary>
    public CelType Type { get; set; } = CelType.Dyn;

    /// <summary>The variable or type that a name, or a chain of names, stands for; set by the checker.</summary>
    public string? Resolved { get; set; }

    protected static int Above(params ReadOnlySpan<Expr?> children)
    {
        int depth = 0;
        foreach (Expr? child in children)
        {
            depth = Math.Max(depth, child?.Depth ?? 0);
        }

        return depth + 1;
    }
}
