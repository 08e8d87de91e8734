namespace AgentOperator.Cel.Evaluation;

/// <summary>An operator with two operands, both of which it needs.</summary>
internal abstract class BinaryNode(int offset, Node left, Node right) : Node
{
    public sealed override CelValue Evaluate(ref CelContext context)
    {
        CelValue one = left.Evaluate(ref context);
        CelValue other = right.Evaluate(ref context);
        if (one.IsAbnormal || other.IsAbnormal)
        {
            return other.IsAbnormal ? Merge(one, other) : one;
        }

        context.Offset = offset;
        context.Charge(1);
        return Apply(one, other, ref context).At(offset);
    }

    protected abstract CelValue Apply(in CelValue left, in CelValue right, ref CelContext context);
}
