using System.Text;
using System.Text.Json;

namespace AgentOperator.Cli.Linting.Sources;

/// <summary>A value of a file, with its place.</summary>
internal sealed class SourceNode
{
    public required SourceKind Kind { get; init; }

    public required Position At { get; init; }

    /// <summary>The text of a string; JSON of a boolean or number.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<SourceNode> Items { get; init; } = [];

    public IReadOnlyList<SourceMember> Members { get; init; } = [];

    /// <summary>A field by name; null when there is none.</summary>
    public SourceNode? this[string name] => Members.FirstOrDefault(member => member.Name == name)?.Value;

    /// <summary>The text of a field that is one.</summary>
    public string? TextOf(string name) => this[name] is { Kind: SourceKind.String } node ? node.Text : null;

    /// <summary>Bytes of the value as JSON.</summary>
    public byte[] ToUtf8Json()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            Write(writer);
        }

        return stream.ToArray();
    }

    /// <summary>The value as JSON.</summary>
    public string ToJson() => Encoding.UTF8.GetString(ToUtf8Json());

    private void Write(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case SourceKind.Object:
                writer.WriteStartObject();
                foreach (SourceMember member in Members)
                {
                    writer.WritePropertyName(member.Name);
                    member.Value.Write(writer);
                }

                writer.WriteEndObject();
                break;
            case SourceKind.Array:
                writer.WriteStartArray();
                foreach (SourceNode item in Items)
                {
                    item.Write(writer);
                }

                writer.WriteEndArray();
                break;
            case SourceKind.String:
                writer.WriteStringValue(Text);
                break;
            case SourceKind.Null:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteRawValue(Text);
                break;
        }
    }
}
