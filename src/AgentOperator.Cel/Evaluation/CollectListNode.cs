namespace AgentOperator.Cel.Evaluation;

/// <summary><c>map</c>, <c>filter</c> and <c>transformList</c>.</summary>
internal sealed class CollectListNode(int offset, Node range, int first, int? second, Node? filter, Node made) : CollectNode(offset, range, first, second, filter)
{
    protected override LoopState Begin() => new() { Items = [] };

    protected override CelValue Take(ref LoopState state, ref CelContext context)
    {
        CelValue value = made.Evaluate(ref context);
        if (!value.IsAbnormal)
        {
            context.ChargeGrowth(state.Items!.Count + 1);
            state.Items.Add(value);
        }

        return value;
    }

    protected override CelValue End(in LoopState state, ref CelContext context) => CelValue.From(state.Items!);
}
