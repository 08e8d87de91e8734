namespace AgentOperator.Cel.Evaluation;

/// <summary>A name in an expression that was not checked: the first candidate that has a value, else what it is otherwise.</summary>
internal sealed class NameNode(int offset, IReadOnlyList<string> candidates, CelEnvironment environment, Node? otherwise) : Node
{
    public override CelValue Evaluate(ref CelContext context)
    {
        foreach (string candidate in candidates)
        {
            if (context.Activation.TryResolve(candidate, out CelValue value))
            {
                return value.At(offset);
            }

            if (environment.FindType(candidate) is { } type)
            {
                return CelValue.From(type);
            }
        }

        return otherwise?.Evaluate(ref context) ?? CelValue.Error($"undeclared reference to '{candidates[^1]}'").At(offset);
    }
}
