using System.Buffers;
using System.Text.Json;
using AgentOperator.Cel.Evaluation;

namespace AgentOperator.Cel.Values;

/// <summary>Values as JSON.</summary>
internal static class JsonWriting
{
    public static JsonElement ToElement(in CelValue value)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            Write(value, writer);
        }

        Utf8JsonReader reader = new(buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = int.MaxValue });
        return JsonElement.ParseValue(ref reader);
    }

    public static void Write(in CelValue value, Utf8JsonWriter writer) => Write(value, writer, "the value");

    private static void Write(in CelValue value, Utf8JsonWriter writer, string path)
    {
        switch (value.Kind)
        {
            case CelKind.Null:
                writer.WriteNullValue();
                break;
            case CelKind.Bool:
                writer.WriteBooleanValue(value.Bits != 0);
                break;
            case CelKind.Int:
                writer.WriteNumberValue(value.Bits);
                break;
            case CelKind.Uint:
                writer.WriteNumberValue(value.Unsigned);
                break;
            case CelKind.Double when double.IsFinite(value.Number):
                writer.WriteNumberValue(value.Number);
                break;
            case CelKind.Double:
                throw new NotSupportedException($"{path} is {Texts.Double(value.Number)}, which is no number in JSON; test it with math.isFinite()");
            case CelKind.String:
                writer.WriteStringValue(value.Text);
                break;
            case CelKind.Bytes:
                writer.WriteBase64StringValue(value.AsBytes().Span);
                break;
            case CelKind.Timestamp:
                writer.WriteStringValue(Texts.Timestamp(value));
                break;
            case CelKind.Duration:
                writer.WriteStringValue(Texts.Duration(value.Bits));
                break;
            case CelKind.List:
                WriteList(value.Items, writer, path);
                break;
            case CelKind.Map:
                WriteMap(value.Entries, writer, path);
                break;
            case CelKind.Error:
                throw new NotSupportedException($"{path} is an error: {value.Text}");
            case CelKind.Optional:
                throw new NotSupportedException($"{path} is an optional, which JSON has no form for; end it with .orValue(…)");
            default:
                throw new NotSupportedException($"{path} is of type {Kinds.TypeOf(value).Name}, which JSON has no form for; make a string of it with string()");
        }
    }

    private static void WriteList(CelList list, Utf8JsonWriter writer, string path)
    {
        writer.WriteStartArray();
        for (int i = 0; i < list.Count; i++)
        {
            CelValue item = list[i];
            Write(item, writer, NeedsPath(item) ? $"{path}[{i}]" : path);
        }

        writer.WriteEndArray();
    }

    private static void WriteMap(CelMap map, Utf8JsonWriter writer, string path)
    {
        writer.WriteStartObject();
        HashSet<string> written = new(StringComparer.Ordinal);
        foreach (CelValue key in map.Keys)
        {
            string name = key.Kind switch
            {
                CelKind.String => key.Text,
                CelKind.Int or CelKind.Bool => key.ToString(),
                CelKind.Uint => key.Unsigned.ToString(System.Globalization.CultureInfo.InvariantCulture),
                _ => throw new NotSupportedException($"{path} has a key of type {Kinds.TypeOf(key).Name}, which JSON has no form for"),
            };
            if (!written.Add(name))
            {
                throw new NotSupportedException($"{path} has two keys that are '{name}' in JSON");
            }

            writer.WritePropertyName(name);
            CelValue item = map.TryGet(key, out CelValue found) ? found : default;
            Write(item, writer, NeedsPath(item) ? $"{path}['{name}']" : path);
        }

        writer.WriteEndObject();
    }

    /// <summary>Paths are made where a message may need them, not for each number.</summary>
    private static bool NeedsPath(in CelValue value) => value.Kind is CelKind.List or CelKind.Map or CelKind.Double or CelKind.Optional or CelKind.Type or CelKind.Object or CelKind.Error or CelKind.Unknown;
}
