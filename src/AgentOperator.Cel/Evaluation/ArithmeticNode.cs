namespace AgentOperator.Cel.Evaluation;

/// <summary><c>+ - * / %</c>.</summary>
internal sealed class ArithmeticNode(int offset, char operation, Node left, Node right) : BinaryNode(offset, left, right)
{
    protected override CelValue Apply(in CelValue left, in CelValue right, ref CelContext context) => Arithmetic.Apply(operation, left, right, ref context);
}
