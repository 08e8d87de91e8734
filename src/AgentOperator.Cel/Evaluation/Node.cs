namespace AgentOperator.Cel.Evaluation;

/// <summary>A step of a compiled expression.</summary>
internal abstract class Node
{
    public abstract CelValue Evaluate(ref CelContext context);

    /// <summary>Of two values that are errors or unknown, an unknown: it may turn out well. A null first one counts as nothing.</summary>
    public static CelValue Merge(in CelValue first, in CelValue second)
    {
        if (!first.IsAbnormal || (first.Kind is CelKind.Error && second.Kind is CelKind.Unknown))
        {
            return second;
        }

        return first;
    }
}
