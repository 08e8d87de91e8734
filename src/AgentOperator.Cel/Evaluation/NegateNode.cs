namespace AgentOperator.Cel.Evaluation;

/// <summary><c>-a</c>.</summary>
internal sealed class NegateNode(int offset, Node operand) : Node
{
    public override CelValue Evaluate(ref CelContext context)
    {
        CelValue value = operand.Evaluate(ref context);
        return value.IsAbnormal ? value : Arithmetic.Negate(value).At(offset);
    }
}
