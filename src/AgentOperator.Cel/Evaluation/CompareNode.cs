using AgentOperator.Cel.Syntax;

namespace AgentOperator.Cel.Evaluation;

/// <summary><c>&lt; &lt;= &gt; &gt;=</c>.</summary>
internal sealed class CompareNode(int offset, string operation, Node left, Node right) : BinaryNode(offset, left, right)
{
    public static CelValue Apply(string operation, in CelValue left, in CelValue right, ref CelContext context)
    {
        if (!Ordering.TryCompare(left, right, out int order, ref context))
        {
            return CelValue.Error($"no such overload: '{Operators.Display(operation)}' for {Kinds.Describe([left, right])}");
        }

        return CelValue.From(operation switch
        {
            Operators.Less => order < 0,
            Operators.LessOrEqual => order <= 0,
            Operators.Greater => order == 1,
            _ => order is 0 or 1,
        });
    }

    protected override CelValue Apply(in CelValue left, in CelValue right, ref CelContext context) => Apply(operation, left, right, ref context);
}
