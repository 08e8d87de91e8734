using AgentOperator.Cel.Library;

namespace AgentOperator.Cel.Evaluation;

/// <summary><c>sortBy</c>.</summary>
internal sealed class SortByNode(int offset, Node range, int slot, Node key) : LoopNode(offset, range, slot, null)
{
    private readonly int _slot = slot;

    protected override LoopState Begin() => new() { Items = [], SortKeys = [] };

    protected override void Turn(ref LoopState state, ref CelContext context)
    {
        CelValue value = key.Evaluate(ref context);
        if (value.IsAbnormal)
        {
            state.Finish(value);
            return;
        }

        state.Items!.Add(context.Locals[_slot]);
        state.SortKeys!.Add(value);
    }

    protected override CelValue End(in LoopState state, ref CelContext context) => Sorting.Sort(state.Items!, state.SortKeys!, ref context).At(Offset);
}
