namespace AgentOperator.Cel.Evaluation;

/// <summary><c>exists_one</c>: errors are not absorbed.</summary>
internal sealed class ExistsOneNode(int offset, Node range, int first, int? second, Node predicate) : LoopNode(offset, range, first, second)
{
    protected override LoopState Begin() => default;

    protected override void Turn(ref LoopState state, ref CelContext context)
    {
        CelValue value = predicate.Evaluate(ref context);
        if (value.Kind is CelKind.Bool)
        {
            state.Count += value.Bits;
        }
        else
        {
            state.Finish(value.IsAbnormal ? value : CelValue.Error($"no such overload: a predicate must be bool, not a {Kinds.TypeOf(value).Name}").At(Offset));
        }
    }

    protected override CelValue End(in LoopState state, ref CelContext context) => CelValue.From(state.Count == 1);
}
