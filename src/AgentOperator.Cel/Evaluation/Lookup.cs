namespace AgentOperator.Cel.Evaluation;

/// <summary>Keys and indexes: numbers are the same key whatever their type.</summary>
internal static class Lookup
{
    public static bool TryGet(CelMap map, in CelValue key, out CelValue value)
    {
        if (key.Kind is CelKind.String)
        {
            return map.TryGet(key.Text, out value);
        }

        return map.TryGet(key.IsNumber && TryInteger(key, out long integer) ? CelValue.From(integer) : key, out value);
    }

    /// <summary>The number as a signed integer, if it is one.</summary>
    public static bool TryInteger(in CelValue value, out long integer)
    {
        integer = value.Bits;
        switch (value.Kind)
        {
            case CelKind.Int:
                return true;
            case CelKind.Uint:
                return value.Bits >= 0;
            case CelKind.Double:
                double number = value.Number;
                bool fits = number is >= -9223372036854775808.0 and < 9223372036854775808.0 && Math.Truncate(number) == number;
                integer = fits ? (long)number : 0;
                return fits;
            default:
                return false;
        }
    }

    /// <summary><c>container[key]</c>; an optional's value that is not there is none.</summary>
    public static CelValue Index(in CelValue container, in CelValue key, bool optional)
    {
        CelValue found;
        switch (container.Kind)
        {
            case CelKind.Optional:
                return container.TryGetValue(out CelValue inner) ? Index(inner, key, optional: true) : CelValue.None;
            case CelKind.Map when key.Kind is CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.Double or CelKind.String:
                return TryGet(container.Entries, key, out found) ? Found(found, optional) : optional ? CelValue.None : CelValue.Error($"no such key: {key}");
            case CelKind.List when key.IsNumber:
                if (!TryInteger(key, out long index))
                {
                    return CelValue.Error($"invalid index: {key} is no integer");
                }

                CelList list = container.Items;
                return index >= 0 && index < list.Count ? Found(list[(int)index], optional) : optional ? CelValue.None : CelValue.Error($"index out of bounds: {index}, the list has {list.Count}");
            default:
                return CelValue.Error($"no such overload: '[]' for {Kinds.Describe([container, key])}");
        }
    }

    /// <summary><c>operand.field</c>.</summary>
    public static CelValue Select(in CelValue operand, string field, bool optional)
    {
        switch (operand.Kind)
        {
            case CelKind.Map:
                return operand.Entries.TryGet(field, out CelValue found) ? Found(found, optional) : optional ? CelValue.None : CelValue.Error($"no such key: '{field}'; test it with has(), or give another value with .?{field}.orValue(…)");
            case CelKind.Optional:
                return operand.TryGetValue(out CelValue inner) ? Select(inner, field, optional: true) : CelValue.None;
            default:
                return CelValue.Error($"no such key: '{field}'; the value is a {Kinds.TypeOf(operand).Name}, which has no fields");
        }
    }

    /// <summary><c>has(operand.field)</c>.</summary>
    public static CelValue Has(in CelValue operand, string field)
    {
        switch (operand.Kind)
        {
            case CelKind.Map:
                return operand.Entries.TryGet(field, out CelValue found) ? found.Kind is CelKind.Unknown ? found : CelValue.True : CelValue.False;
            case CelKind.Optional:
                return operand.TryGetValue(out CelValue inner) ? Has(inner, field) : CelValue.False;
            default:
                return CelValue.Error($"has() takes a field of a map; the value is a {Kinds.TypeOf(operand).Name}");
        }
    }

    private static CelValue Found(in CelValue value, bool optional) => optional && !value.IsAbnormal ? CelValue.Some(value) : value;
}
