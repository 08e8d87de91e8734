namespace AgentOperator.Cel.Evaluation;

/// <summary>A macro that loops. With one variable it is a list's element or a map's key, with two both parts of each.</summary>
internal abstract class LoopNode(int offset, Node range, int first, int? second) : Node
{
    protected int Offset => offset;

    public sealed override CelValue Evaluate(ref CelContext context)
    {
        CelValue over = range.Evaluate(ref context);
        return over.Kind switch
        {
            CelKind.List => Elements(over.Items, ref context),
            CelKind.Map => Entries(over.Entries, ref context),
            _ when over.IsAbnormal => over,
            _ => CelValue.Error($"a macro loops over a list or map, not over a {Kinds.TypeOf(over).Name}").At(offset),
        };
    }

    /// <summary>What is collected, before the first turn.</summary>
    protected abstract LoopState Begin();

    /// <summary>One turn; the state's result ends the loop when it is set.</summary>
    protected abstract void Turn(ref LoopState state, ref CelContext context);

    /// <summary>The result after the last turn.</summary>
    protected abstract CelValue End(in LoopState state, ref CelContext context);

    private CelValue Elements(CelList list, ref CelContext context)
    {
        LoopState state = Begin();
        int count = list.Count;
        for (int i = 0; i < count; i++)
        {
            context.Offset = offset;
            context.Step();
            if (second is { } slot)
            {
                context.Locals[first] = CelValue.From((long)i);
                context.Locals[slot] = list[i];
            }
            else
            {
                context.Locals[first] = list[i];
            }

            Turn(ref state, ref context);
            if (state.IsDone)
            {
                return state.Result;
            }
        }

        return End(state, ref context);
    }

    private CelValue Entries(CelMap map, ref CelContext context)
    {
        LoopState state = Begin();
        foreach (CelValue key in map.Keys)
        {
            context.Offset = offset;
            context.Step();
            context.Locals[first] = key;
            if (second is { } slot)
            {
                context.Locals[slot] = map.TryGet(key, out CelValue value) ? value : CelValue.Error($"no such key: {key}").At(offset);
            }

            Turn(ref state, ref context);
            if (state.IsDone)
            {
                return state.Result;
            }
        }

        return End(state, ref context);
    }
}
