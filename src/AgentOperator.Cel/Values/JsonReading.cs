using System.Text.Json;

namespace AgentOperator.Cel.Values;

/// <summary>JSON as values.</summary>
internal static class JsonReading
{
    public static CelValue Read(JsonElement element, CelType? type)
    {
        if (type?.Kind is CelTypeKind.Nullable)
        {
            type = type.Parameters[0];
        }

        return element.ValueKind switch
        {
            JsonValueKind.True => CelValue.True,
            JsonValueKind.False => CelValue.False,
            JsonValueKind.Number => Number(element, type?.Kind),
            JsonValueKind.String => Text(element, type?.Kind),
            JsonValueKind.Array => CelValue.From(new JsonList(element, type?.Kind is CelTypeKind.List ? type.Parameters[0] : null)),
            JsonValueKind.Object => CelValue.From(new JsonMap(element, type)),
            JsonValueKind.Undefined => throw new ArgumentException("The element has no value.", nameof(element)),
            _ => default,
        };
    }

    private static CelValue Number(JsonElement element, CelTypeKind? type)
    {
        switch (type)
        {
            case CelTypeKind.Double:
                return CelValue.From(element.GetDouble());
            case CelTypeKind.Uint when element.TryGetUInt64(out ulong unsigned):
                return CelValue.From(unsigned);
            case CelTypeKind.Int or CelTypeKind.Uint when element.TryGetDouble(out double number) && Evaluation.Lookup.TryInteger(CelValue.From(number), out long whole) && !element.TryGetInt64(out _):
                return type is CelTypeKind.Int ? CelValue.From(whole) : whole >= 0 ? CelValue.From((ulong)whole) : CelValue.Error($"{element.GetRawText()} is no unsigned integer");
            case CelTypeKind.Uint:
                return CelValue.Error($"{element.GetRawText()} is no unsigned integer");
            default:
                return element.TryGetInt64(out long integer) ? CelValue.From(integer)
                    : element.TryGetUInt64(out ulong large) ? CelValue.From(large)
                    : CelValue.From(element.GetDouble());
        }
    }

    private static CelValue Text(JsonElement element, CelTypeKind? type)
    {
        string text;
        try
        {
            text = element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return CelValue.Error("a string in JSON has half of a surrogate pair, which is no character");
        }

        return type switch
        {
            CelTypeKind.Timestamp => TimeTexts.Timestamp(text),
            CelTypeKind.Duration => TimeTexts.Duration(text),
            CelTypeKind.Bytes => element.TryGetBytesFromBase64(out byte[]? bytes) ? CelValue.From(new ReadOnlyMemory<byte>(bytes)) : CelValue.Error("a string in JSON is no base64, which bytes are written as"),
            _ => CelValue.From(text),
        };
    }
}
