namespace AgentOperator.Cel.Evaluation;

/// <summary>A literal, or what was computed when compiling.</summary>
internal sealed class ConstantNode(CelValue value) : Node
{
    public CelValue Value => value;

    public override CelValue Evaluate(ref CelContext context) => value;
}
