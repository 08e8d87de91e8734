namespace AgentOperator.Cel.Evaluation;

/// <summary><c>all</c> and <c>exists</c>: like <c>&amp;&amp;</c> and <c>||</c> over the elements.</summary>
internal sealed class QuantifierNode(int offset, Node range, int first, int? second, Node predicate, bool isAll) : LoopNode(offset, range, first, second)
{
    protected override LoopState Begin() => default;

    protected override void Turn(ref LoopState state, ref CelContext context)
    {
        CelValue value = predicate.Evaluate(ref context);
        if (value.Kind is not CelKind.Bool)
        {
            state.Abnormal = Merge(state.Abnormal, value.IsAbnormal ? value : CelValue.Error($"no such overload: a predicate must be bool, not a {Kinds.TypeOf(value).Name}").At(Offset));
        }
        else if ((value.Bits != 0) != isAll)
        {
            state.Finish(value);
        }
    }

    protected override CelValue End(in LoopState state, ref CelContext context) => state.Abnormal.IsAbnormal ? state.Abnormal : CelValue.From(isAll);
}
