namespace AgentOperator.Cel.Evaluation;

/// <summary><c>a.b</c>, <c>a.?b</c>.</summary>
internal sealed class SelectNode(int offset, Node operand, string field, bool optional) : Node
{
    public override CelValue Evaluate(ref CelContext context)
    {
        CelValue value = operand.Evaluate(ref context);
        if (value.IsAbnormal)
        {
            return value;
        }

        context.Charge(1);
        return Lookup.Select(value, field, optional).At(offset);
    }
}
