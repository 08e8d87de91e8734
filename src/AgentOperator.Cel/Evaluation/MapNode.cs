using AgentOperator.Cel.Values;

namespace AgentOperator.Cel.Evaluation;

/// <summary><c>{a: b, ?c: d}</c>.</summary>
internal sealed class MapNode(int offset, MapEntryNode[] entries) : Node
{
    public override CelValue Evaluate(ref CelContext context)
    {
        context.Offset = offset;
        context.ChargeElements(entries.Length);
        OrderedDictionary<CelValue, CelValue> made = new(entries.Length);
        CelValue abnormal = default;
        foreach (MapEntryNode entry in entries)
        {
            CelValue key = entry.Key.Evaluate(ref context);
            CelValue value = entry.Value.Evaluate(ref context);
            CelValue failed = key.IsAbnormal ? key : value.IsAbnormal ? value : Add(made, key, value, entry);
            if (failed.IsAbnormal)
            {
                abnormal = Merge(abnormal, failed);
            }
        }

        return abnormal.IsAbnormal ? abnormal : CelValue.From(new ValueMap(made));
    }

    /// <summary>Null, or the error that there is.</summary>
    public static CelValue Put(OrderedDictionary<CelValue, CelValue> made, in CelValue key, in CelValue value)
    {
        if (key.Kind is not (CelKind.String or CelKind.Int or CelKind.Uint or CelKind.Bool))
        {
            return CelValue.Error($"unsupported key type: a key is a string, int, uint or bool, not a {Kinds.TypeOf(key).Name}");
        }

        return made.TryAdd(key, value) ? default : CelValue.Error($"duplicate key: {key}");
    }

    private static CelValue Add(OrderedDictionary<CelValue, CelValue> made, in CelValue key, in CelValue value, MapEntryNode entry)
    {
        CelValue added = value;
        if (entry.IsOptional)
        {
            if (value.Kind is not CelKind.Optional)
            {
                return CelValue.Error($"what '?' marks must be an optional, not a {Kinds.TypeOf(value).Name}").At(entry.Offset);
            }

            if (!value.TryGetValue(out added))
            {
                return default;
            }
        }

        return Put(made, key, added).At(entry.Offset);
    }
}
