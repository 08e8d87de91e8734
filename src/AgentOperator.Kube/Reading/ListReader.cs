using System.Buffers;
using System.Text.Json;
using AgentOperator.Kube.Models;

namespace AgentOperator.Kube.Reading;

/// <summary>Reads a list item by item, so that one object that does not fit does not cost the others.</summary>
internal static class ListReader
{
    public static KubeList<T> Read<T>(ReadOnlySequence<byte> body)
        where T : class, IKubernetesObject<T>
    {
        ListMeta metadata = new();
        List<T> items = [];
        List<UnreadableObject> unreadable = [];
        Utf8JsonReader reader = new(body);
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("metadata"u8))
            {
                reader.Read();
                metadata = JsonSerializer.Deserialize(ref reader, KubeJsonContext.Default.ListMeta) ?? metadata;
            }
            else if (reader.ValueTextEquals("items"u8))
            {
                reader.Read();
                ReadItems(ref reader, items, unreadable);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return metadata.ResourceVersion is null
            ? throw new JsonException($"The answer is not a list of {T.Resource.QualifiedName}: it has no resourceVersion.")
            : new KubeList<T>(metadata, items, unreadable);
    }

    private static void ReadItems<T>(ref Utf8JsonReader reader, List<T> items, List<UnreadableObject> unreadable)
        where T : class, IKubernetesObject<T>
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            // This is how Go writes an empty list.
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"The items of a list of {T.Resource.QualifiedName} are no array.");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ObjectReader.Read<T>(ref reader, out UnreadableObject? problem) is { } item)
            {
                items.Add(item);
            }
            else
            {
                unreadable.Add(problem!);
            }
        }
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw new JsonException("The answer is not a JSON object.");
        }
    }
}
