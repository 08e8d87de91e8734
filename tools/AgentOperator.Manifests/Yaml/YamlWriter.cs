using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentOperator.Manifests.Yaml;

/// <summary>JSON as block YAML: LF, two spaces, lists at the indent of their key, long prose folded.</summary>
internal sealed class YamlWriter
{
    private const int Width = 120;

    private readonly StringBuilder _text = new();

    public static string Write(JsonObject root)
    {
        var writer = new YamlWriter();
        writer.WriteMap(root, 0, continues: false);
        return writer._text.ToString();
    }

    /// <param name="map">The map.</param>
    /// <param name="indent">Column of its keys.</param>
    /// <param name="continues">True when the first key follows a dash on the same line.</param>
    private void WriteMap(JsonObject map, int indent, bool continues)
    {
        foreach ((string key, JsonNode? value) in map)
        {
            _text.Append(' ', continues ? 0 : indent).Append(YamlScalar.Write(key)).Append(':');
            continues = false;
            WriteValue(value, indent);
        }
    }

    private void WriteValue(JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } map:
                _text.Append('\n');
                WriteMap(map, indent + 2, continues: false);
                break;
            case JsonArray { Count: > 0 } list:
                _text.Append('\n');
                WriteList(list, indent);
                break;
            default:
                WriteScalar(value, indent + 2);
                break;
        }
    }

    private void WriteList(JsonArray list, int indent)
    {
        foreach (JsonNode? item in list)
        {
            _text.Append(' ', indent).Append('-');
            if (item is JsonObject { Count: > 0 } map)
            {
                _text.Append(' ');
                WriteMap(map, indent + 2, continues: true);
            }
            else
            {
                WriteValue(item, indent + 2);
            }
        }
    }

    private void WriteScalar(JsonNode? value, int indent)
    {
        string? text = value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        if (text is null)
        {
            _text.Append(CultureInfo.InvariantCulture, $" {value?.ToJsonString() ?? "null"}\n");
        }
        else if (indent + text.Length > Width && FoldedText.CanFold(text))
        {
            _text.Append(" >-\n");
            FoldedText.Append(_text, text, indent, Width);
        }
        else
        {
            _text.Append(CultureInfo.InvariantCulture, $" {YamlScalar.Write(text)}\n");
        }
    }
}
