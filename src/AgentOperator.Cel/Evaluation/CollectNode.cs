namespace AgentOperator.Cel.Evaluation;

/// <summary>A loop that takes the elements that meet a filter.</summary>
internal abstract class CollectNode(int offset, Node range, int first, int? second, Node? filter) : LoopNode(offset, range, first, second)
{
    protected sealed override void Turn(ref LoopState state, ref CelContext context)
    {
        if (filter is not null)
        {
            CelValue taken = filter.Evaluate(ref context);
            if (taken.Kind is not CelKind.Bool)
            {
                state.Finish(taken.IsAbnormal ? taken : CelValue.Error($"no such overload: a filter must be bool, not a {Kinds.TypeOf(taken).Name}").At(Offset));
                return;
            }

            if (taken.Bits == 0)
            {
                return;
            }
        }

        CelValue failed = Take(ref state, ref context);
        if (failed.IsAbnormal)
        {
            state.Finish(failed);
        }
    }

    /// <summary>Collects one; null, or the error that there is.</summary>
    protected abstract CelValue Take(ref LoopState state, ref CelContext context);
}
