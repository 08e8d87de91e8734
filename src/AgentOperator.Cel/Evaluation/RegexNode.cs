using AgentOperator.Cel.Library;

namespace AgentOperator.Cel.Evaluation;

/// <summary><c>matches</c> with a literal as pattern, which is compiled once.</summary>
internal sealed class RegexNode(int offset, Node text, CompiledPattern pattern) : Node
{
    public static Node? TryPlan(int offset, string name, Node[] arguments) =>
        name is "matches" && arguments is [Node text, ConstantNode { Value.Kind: CelKind.String } pattern] && Patterns.TryCompile(pattern.Value.Text, out CompiledPattern? compiled, out _)
            ? new RegexNode(offset, text, compiled)
            : null;

    public override CelValue Evaluate(ref CelContext context)
    {
        CelValue value = text.Evaluate(ref context);
        if (value.Kind is not CelKind.String)
        {
            return value.IsAbnormal ? value : CelValue.Error($"no such overload: 'matches' for {Kinds.Describe([value, CelValue.From("")])}").At(offset);
        }

        context.Offset = offset;
        pattern.Charge(value.Text.Length, ref context);
        return CelValue.From(pattern.Regex.IsMatch(value.Text));
    }
}
