namespace AgentOperator.Cel.Evaluation;

/// <summary><c>==</c> and <c>!=</c>.</summary>
internal sealed class EqualNode(int offset, Node left, Node right, bool negated) : BinaryNode(offset, left, right)
{
    protected override CelValue Apply(in CelValue left, in CelValue right, ref CelContext context) =>
        CelValue.From(Equality.AreEqual(left, right, ref context) != negated);
}
