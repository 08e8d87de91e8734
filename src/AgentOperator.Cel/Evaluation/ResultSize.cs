using AgentOperator.Cel.Values;

namespace AgentOperator.Cel.Evaluation;

/// <summary>Counts a result as a whole: lists that hold one list many times are small until they are written.</summary>
internal static class ResultSize
{
    public static void Check(in CelValue value, ref CelContext context)
    {
        if (value.Kind is CelKind.List or CelKind.Map or CelKind.Optional)
        {
            long size = 0;
            Add(value, ref size, ref context);
        }
    }

    private static void Add(in CelValue value, ref long size, ref CelContext context)
    {
        size++;
        switch (value.Kind)
        {
            case CelKind.String:
                size += value.Text.Length;
                break;
            case CelKind.Bytes:
                size += value.AsBytes().Length;
                break;
            case CelKind.List when value.Reference is ValueList list:
                for (int i = 0; i < list.Count; i++)
                {
                    Add(list[i], ref size, ref context);
                }

                break;
            case CelKind.Map when value.Reference is ValueMap map:
                foreach (CelValue key in map.Keys)
                {
                    Add(key, ref size, ref context);
                    map.TryGet(key, out CelValue item);
                    Add(item, ref size, ref context);
                }

                break;
            case CelKind.Optional when value.TryGetValue(out CelValue inner):
                Add(inner, ref size, ref context);
                break;
            default:
                break;
        }

        context.CheckSize(size);
    }
}
