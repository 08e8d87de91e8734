using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AgentOperator.Api.Digests;

/// <summary>RFC 8785 (JCS): one text for one JSON value, whatever its property order, spacing and number notation.
/// Integers beyond 2^53, which the RFC leaves out, keep all their digits: two different numbers must not look alike.</summary>
public static class CanonicalJson
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create("\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    /// <summary>The canonical text of a value.</summary>
    public static string Format(JsonElement value)
    {
        StringBuilder text = new();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, value);
                break;
            case JsonValueKind.Array:
                char separator = '[';
                foreach (JsonElement item in value.EnumerateArray())
                {
                    text.Append(separator);
                    separator = ',';
                    Write(text, item);
                }

                text.Append(separator == '[' ? "[]" : "]");
                break;
            case JsonValueKind.String:
                WriteString(text, value.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(value.TryGetInt64(out long integer) ? integer.ToString(CultureInfo.InvariantCulture) : EcmaScriptNumber.Format(value.GetDouble()));
                break;
            default:
                text.Append(value.ValueKind switch { JsonValueKind.True => "true", JsonValueKind.False => "false", _ => "null" });
                break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonElement value)
    {
        char separator = '{';
        foreach (JsonProperty property in value.EnumerateObject().OrderBy(static property => property.Name, StringComparer.Ordinal))
        {
            text.Append(separator);
            separator = ',';
            WriteString(text, property.Name);
            text.Append(':');
            Write(text, property.Value);
        }

        text.Append(separator == '{' ? "{}" : "}");
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        ReadOnlySpan<char> rest = value;
        for (int next; (next = rest.IndexOfAny(Escaped)) >= 0; rest = rest[(next + 1)..])
        {
            text.Append(rest[..next]);
            char special = rest[next];
            _ = special switch
            {
                '"' or '\\' => text.Append('\\').Append(special),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                _ => text.Append("\\u").Append(((int)special).ToString("x4", CultureInfo.InvariantCulture)),
            };
        }

        text.Append(rest).Append('"');
    }
}
