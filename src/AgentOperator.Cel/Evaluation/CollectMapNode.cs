using AgentOperator.Cel.Values;

namespace AgentOperator.Cel.Evaluation;

/// <summary><c>transformMap</c> and, where each turn makes a map of its own, <c>transformMapEntry</c>.</summary>
internal sealed class CollectMapNode(int offset, Node range, int first, int? second, Node? filter, Node made, bool entries) : CollectNode(offset, range, first, second, filter)
{
    private readonly int _key = first;

    protected override LoopState Begin() => new() { Entries = [] };

    protected override CelValue Take(ref LoopState state, ref CelContext context)
    {
        CelValue value = made.Evaluate(ref context);
        if (value.IsAbnormal)
        {
            return value;
        }

        context.ChargeGrowth(state.Entries!.Count + 1);
        if (!entries)
        {
            return MapNode.Put(state.Entries, context.Locals[_key], value).At(Offset);
        }

        if (value.Kind is not CelKind.Map)
        {
            return CelValue.Error($"no such overload: transformMapEntry() needs a map, not a {Kinds.TypeOf(value).Name}").At(Offset);
        }

        foreach (CelValue key in value.Entries.Keys)
        {
            context.ChargeGrowth(state.Entries.Count + 1);
            CelValue failed = value.Entries.TryGet(key, out CelValue item) && !item.IsAbnormal ? MapNode.Put(state.Entries, key, item) : item;
            if (failed.IsAbnormal)
            {
                return failed.At(Offset);
            }
        }

        return default;
    }

    protected override CelValue End(in LoopState state, ref CelContext context) => CelValue.From(new ValueMap(state.Entries!));
}
