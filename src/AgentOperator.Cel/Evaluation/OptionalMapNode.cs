namespace AgentOperator.Cel.Evaluation;

/// <summary><c>optMap</c>, <c>optFlatMap</c>.</summary>
internal sealed class OptionalMapNode(int offset, Node target, int slot, Node body, bool flat) : Node
{
    public override CelValue Evaluate(ref CelContext context)
    {
        CelValue value = target.Evaluate(ref context);
        if (value.IsAbnormal)
        {
            return value;
        }

        if (value.Kind is not CelKind.Optional)
        {
            return CelValue.Error($"no such overload: {(flat ? "optFlatMap" : "optMap")}() for {Kinds.Describe([value])}").At(offset);
        }

        if (!value.TryGetValue(out CelValue inner))
        {
            return CelValue.None;
        }

        context.Locals[slot] = inner;
        CelValue made = body.Evaluate(ref context);
        if (made.IsAbnormal)
        {
            return made;
        }

        return !flat ? CelValue.Some(made) : made.Kind is CelKind.Optional ? made : CelValue.Error($"optFlatMap() must give an optional, not a {Kinds.TypeOf(made).Name}").At(offset);
    }
}
