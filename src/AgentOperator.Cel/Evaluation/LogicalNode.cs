namespace AgentOperator.Cel.Evaluation;

/// <summary><c>&amp;&amp;</c> and <c>||</c>: an operand that decides makes errors of the others nothing, in whichever order they are.</summary>
internal sealed class LogicalNode(int offset, bool isAnd, Node[] operands) : Node
{
    public override CelValue Evaluate(ref CelContext context)
    {
        CelValue abnormal = default;
        foreach (Node operand in operands)
        {
            CelValue value = operand.Evaluate(ref context);
            if (value.Kind is CelKind.Bool)
            {
                if ((value.Bits != 0) != isAnd)
                {
                    return value;
                }
            }
            else
            {
                abnormal = Merge(abnormal, value.IsAbnormal ? value : CelValue.Error($"no such overload: '{(isAnd ? "&&" : "||")}' for {Kinds.Describe([value])}").At(offset));
            }
        }

        return abnormal.IsAbnormal ? abnormal : CelValue.From(isAnd);
    }
}
