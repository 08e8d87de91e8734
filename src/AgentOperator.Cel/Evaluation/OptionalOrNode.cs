namespace AgentOperator.Cel.Evaluation;

/// <summary><c>or</c> and <c>orValue</c>: the other one is evaluated if it is needed.</summary>
internal sealed class OptionalOrNode(int offset, string name, Node optional, Node other) : Node
{
    public override CelValue Evaluate(ref CelContext context)
    {
        CelValue value = optional.Evaluate(ref context);
        if (value.Kind is not CelKind.Optional)
        {
            return value.IsAbnormal ? value : CelValue.Error($"no such overload: {name}() is a method of optionals, not of a {Kinds.TypeOf(value).Name}").At(offset);
        }

        bool isValue = name is "orValue";
        if (value.TryGetValue(out CelValue inner))
        {
            return isValue ? inner : value;
        }

        CelValue otherwise = other.Evaluate(ref context);
        return isValue || otherwise.Kind is CelKind.Optional || otherwise.IsAbnormal ? otherwise : CelValue.Error($"no such overload: or() takes an optional, not a {Kinds.TypeOf(otherwise).Name}; orValue() takes a value").At(offset);
    }
}
