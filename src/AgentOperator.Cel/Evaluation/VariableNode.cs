namespace AgentOperator.Cel.Evaluation;

/// <summary>A variable of the activation.</summary>
internal sealed class VariableNode(int offset, string name) : Node
{
    public override CelValue Evaluate(ref CelContext context) =>
        context.Activation.TryResolve(name, out CelValue value) ? value.At(offset) : CelValue.Error($"'{name}' has no value").At(offset);
}
