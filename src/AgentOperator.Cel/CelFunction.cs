namespace AgentOperator.Cel;

/// <summary>One overload of a function.</summary>
/// <param name="Name">The name; may have dots.</param>
/// <param name="Parameters">The types of the parameters; a method's first one is its receiver.</param>
/// <param name="Result">The type of the result.</param>
/// <param name="Implementation">What it does. It must give the same for the same arguments, and be safe on any thread.</param>
public sealed record CelFunction(string Name, IReadOnlyList<CelType> Parameters, CelType Result, CelImplementation Implementation)
{
    /// <summary>Called as <c>receiver.name(…)</c>.</summary>
    public bool IsMethod { get; init; }

    /// <summary>What the last parameter takes may be given any number of times, at least once.</summary>
    public bool IsVariadic { get; init; }

    /// <summary>For the checker, only where no other overload takes the arguments.</summary>
    internal bool IsFallback { get; init; }

    /// <summary>The kinds that each parameter takes, as bits.</summary>
    internal uint[] Masks { get; } = [.. Parameters.Select(Evaluation.Kinds.Mask)];

    internal bool Takes(int count) => IsVariadic ? count >= Parameters.Count : count == Parameters.Count;

    internal CelType Parameter(int index) => Parameters[Math.Min(index, Parameters.Count - 1)];

    internal bool Matches(scoped ReadOnlySpan<CelValue> arguments)
    {
        if (!Takes(arguments.Length))
        {
            return false;
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            int parameter = Math.Min(i, Masks.Length - 1);
            if ((Masks[parameter] >> (int)arguments[i].Kind & 1) == 0 || (arguments[i].Kind is CelKind.Object && !Evaluation.Kinds.IsInstance(arguments[i], Parameters[parameter])))
            {
                return false;
            }
        }

        return true;
    }
}
