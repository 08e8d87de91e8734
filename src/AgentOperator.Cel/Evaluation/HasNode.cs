namespace AgentOperator.Cel.Evaluation;

/// <summary><c>has(a.b)</c>.</summary>
internal sealed class HasNode(int offset, Node operand, string field) : Node
{
    public override CelValue Evaluate(ref CelContext context)
    {
        CelValue value = operand.Evaluate(ref context);
        if (value.IsAbnormal)
        {
            return value;
        }

        context.Charge(1);
        return Lookup.Has(value, field).At(offset);
    }
}
