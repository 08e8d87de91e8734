namespace AgentOperator.Cel.Evaluation;

/// <summary><c>cel.bind</c>. An error counts where the variable is read.</summary>
internal sealed class LetNode(int slot, Node value, Node body) : Node
{
    public override CelValue Evaluate(ref CelContext context)
    {
        context.Locals[slot] = value.Evaluate(ref context);
        return body.Evaluate(ref context);
    }
}
