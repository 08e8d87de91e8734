namespace AgentOperator.Cel.Evaluation;

/// <summary><c>in</c>.</summary>
internal sealed class InNode(int offset, Node left, Node right) : BinaryNode(offset, left, right)
{
    protected override CelValue Apply(in CelValue left, in CelValue right, ref CelContext context) => Equality.Contains(left, right, ref context);
}
