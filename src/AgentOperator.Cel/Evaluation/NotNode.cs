namespace AgentOperator.Cel.Evaluation;

/// <summary><c>!a</c>.</summary>
internal sealed class NotNode(int offset, Node operand) : Node
{
    public override CelValue Evaluate(ref CelContext context)
    {
        CelValue value = operand.Evaluate(ref context);
        return value.Kind is CelKind.Bool ? CelValue.From(value.Bits == 0) : value.IsAbnormal ? value : CelValue.Error($"no such overload: '!' for {Kinds.Describe([value])}").At(offset);
    }
}
