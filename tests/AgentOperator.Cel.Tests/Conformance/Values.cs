using System.Globalization;
using System.Text.Json;
using AgentOperator.Cel.Values;

namespace AgentOperator.Cel.Tests.Conformance;

/// <summary>Values as the suite writes them.</summary>
internal static class Values
{
    public static CelValue Read(JsonElement value)
    {
        JsonProperty form = value.EnumerateObject().First();
        JsonElement inner = form.Value;
        return form.Name switch
        {
            "null_value" => CelValue.Null,
            "bool_value" => CelValue.From(inner.GetBoolean()),
            "int64_value" => CelValue.From(long.Parse(inner.GetString()!, CultureInfo.InvariantCulture)),
            "uint64_value" => CelValue.From(ulong.Parse(inner.GetString()!, CultureInfo.InvariantCulture)),
            "double_value" => CelValue.From(inner.ValueKind is JsonValueKind.Number ? inner.GetDouble() : double.Parse(inner.GetString()!, CultureInfo.InvariantCulture)),
            "string_value" => CelValue.From(inner.GetString()),
            "bytes_value" => CelValue.From(new ReadOnlyMemory<byte>(inner.GetBytesFromBase64())),
            "type_value" => CelValue.From(CelType.Opaque(inner.GetString()!)),
            "list_value" => CelValue.From(inner.TryGetProperty("values", out JsonElement values) ? values.EnumerateArray().Select(Read).ToArray() : []),
            "map_value" => Map(inner),
            "object_value" => Object(inner),
            _ => CelValue.Error($"the test needs {form.Name}"),
        };
    }

    /// <summary>Equal, and of the same types; not-a-number is the same as itself.</summary>
    public static bool AreSame(CelValue left, CelValue right)
    {
        if (left.Kind != right.Kind)
        {
            return false;
        }

        return left.Kind switch
        {
            CelKind.Double => left.AsDouble().Equals(right.AsDouble()),
            CelKind.List => left.AsList().Count == right.AsList().Count && Enumerable.Range(0, left.AsList().Count).All(i => AreSame(left.AsList()[i], right.AsList()[i])),
            CelKind.Map => left.AsMap().Count == right.AsMap().Count && left.AsMap().Keys.All(key => left.AsMap().TryGet(key, out CelValue one) && right.AsMap().TryGet(key, out CelValue other) && AreSame(one, other)),
            _ => left == right,
        };
    }

    private static CelValue Map(JsonElement map)
    {
        OrderedDictionary<CelValue, CelValue> made = [];
        foreach (JsonElement entry in map.TryGetProperty("entries", out JsonElement entries) ? entries.EnumerateArray() : default)
        {
            made.Add(Read(entry.GetProperty("key")), Read(entry.GetProperty("value")));
        }

        return CelValue.From(new ValueMap(made));
    }

    private static CelValue Object(JsonElement value)
    {
        string type = value.GetProperty("@type").GetString()!;
        long seconds = value.TryGetProperty("seconds", out JsonElement some) ? long.Parse(some.GetString()!, CultureInfo.InvariantCulture) : 0;
        int nanos = value.TryGetProperty("nanos", out JsonElement part) ? int.Parse(part.GetString()!, CultureInfo.InvariantCulture) : 0;
        return type switch
        {
            "type.googleapis.com/google.protobuf.Timestamp" => CelValue.FromTimestamp(seconds, nanos),
            "type.googleapis.com/google.protobuf.Duration" => CelValue.FromDuration((seconds * 1_000_000_000) + nanos),
            _ => CelValue.Error($"the test needs {type}"),
        };
    }
}
