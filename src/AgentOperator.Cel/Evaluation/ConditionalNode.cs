namespace AgentOperator.Cel.Evaluation;

/// <summary><c>a ? b : c</c>; one branch is evaluated.</summary>
internal sealed class ConditionalNode(int offset, Node condition, Node whenTrue, Node whenFalse) : Node
{
    public override CelValue Evaluate(ref CelContext context)
    {
        CelValue value = condition.Evaluate(ref context);
        if (value.Kind is CelKind.Bool)
        {
            return (value.Bits != 0 ? whenTrue : whenFalse).Evaluate(ref context);
        }

        return value.IsAbnormal ? value : CelValue.Error($"no such overload: '?' for {Kinds.Describe([value])}; the condition must be bool").At(offset);
    }
}
