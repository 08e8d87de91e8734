namespace AgentOperator.Cel.Evaluation;

/// <summary><c>a[b]</c>, <c>a[?b]</c>.</summary>
internal sealed class IndexNode(int offset, Node left, Node right, bool optional) : BinaryNode(offset, left, right)
{
    protected override CelValue Apply(in CelValue left, in CelValue right, ref CelContext context) => Lookup.Index(left, right, optional);
}
