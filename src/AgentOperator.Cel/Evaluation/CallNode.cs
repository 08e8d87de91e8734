using AgentOperator.Cel.Syntax;

namespace AgentOperator.Cel.Evaluation;

/// <summary>A function's call; the overload is found by the kinds of the arguments.</summary>
internal sealed class CallNode(int offset, string name, CelFunction[] overloads, Node[] arguments) : Node
{
    public override CelValue Evaluate(ref CelContext context)
    {
        ArgumentBuffer buffer = default;
        scoped Span<CelValue> values = arguments.Length <= ArgumentBuffer.Length ? buffer[..arguments.Length] : new CelValue[arguments.Length];
        CelValue abnormal = default;
        for (int i = 0; i < arguments.Length; i++)
        {
            values[i] = arguments[i].Evaluate(ref context);
            if (values[i].IsAbnormal)
            {
                abnormal = Merge(abnormal, values[i]);
            }
        }

        if (abnormal.IsAbnormal)
        {
            return abnormal;
        }

        context.Offset = offset;
        context.Charge(1);
        foreach (CelFunction overload in overloads)
        {
            if (overload.Matches(values))
            {
                return overload.Implementation(values, ref context).At(offset);
            }
        }

        return CelValue.Error($"no such overload: '{Operators.Display(name)}' for {Kinds.Describe(values)}").At(offset);
    }
}
