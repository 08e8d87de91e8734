namespace AgentOperator.Cel.Evaluation;

/// <summary>A macro's variable.</summary>
internal sealed class LocalNode(int slot) : Node
{
    public override CelValue Evaluate(ref CelContext context) => context.Locals[slot];
}
