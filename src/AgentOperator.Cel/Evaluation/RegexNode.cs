using System.Text.RegularExpressions;
using AgentOperator.Cel.Library;

namespace AgentOperator.Cel.Evaluation;

/// <summary><c>matches</c> with a literal as pattern, which is compiled once.</summary>
internal sealed class RegexNode(int offset, Node text, Regex regex, int patternLength) : Node
{
    public static Node? TryPlan(int offset, string name, Node[] arguments) =>
        name is "matches" && arguments is [Node text, ConstantNode { Value.Kind: CelKind.String } pattern] && Patterns.TryCompile(pattern.Value.Text, out Regex? regex, out _)
            ? new RegexNode(offset, text, regex, pattern.Value.Text.Length)
            : null;

    public override CelValue Evaluate(ref CelContext context)
    {
        CelValue value = text.Evaluate(ref context);
        if (value.Kind is not CelKind.String)
        {
            return value.IsAbnormal ? value : CelValue.Error($"no such overload: 'matches' for {Kinds.Describe([value, CelValue.From("")])}").At(offset);
        }

        context.Offset = offset;
        context.ChargeText((long)value.Text.Length * (1 + (patternLength / 16)));
        return CelValue.From(regex.IsMatch(value.Text));
    }
}
