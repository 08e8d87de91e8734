using System.Buffers;
using System.Text.Json;
using AgentOperator.Kube.Models;

namespace AgentOperator.Kube.Reading;

/// <summary>Reads one watch line in one pass: the type comes first in practice, but the order of JSON properties is not promised.</summary>
internal static class WatchEventReader
{
    public static WatchEvent<T> Read<T>(ReadOnlySequence<byte> line)
        where T : class, IKubernetesObject<T>
    {
        Utf8JsonReader reader = new(line);
        string? type = null;
        Utf8JsonReader deferred = default;
        bool isDeferred = false;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueTextEquals("type"u8);
            bool isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            if (isType)
            {
                type = reader.GetString();
                if (isDeferred)
                {
                    return ReadObject<T>(type, ref deferred);
                }
            }
            else if (isObject && type is not null)
            {
                return ReadObject<T>(type, ref reader);
            }
            else
            {
                if (isObject)
                {
                    deferred = reader;
                    isDeferred = true;
                }

                reader.Skip();
            }
        }

        throw new JsonException("A watch line has no type or no object.");
    }

    private static WatchEvent<T> ReadObject<T>(string? type, ref Utf8JsonReader reader)
        where T : class, IKubernetesObject<T>
    {
        switch (type)
        {
            case "BOOKMARK":
                PartialObject? bookmark = JsonSerializer.Deserialize(ref reader, PartialObjectContext.Default.PartialObject);
                return new WatchEvent<T>(WatchEventType.Bookmark, null, bookmark?.Metadata?.ResourceVersion);
            case "ERROR":
                return new WatchEvent<T>(WatchEventType.Error, null, null, JsonSerializer.Deserialize(ref reader, KubeJsonContext.Default.Status));
        }

        WatchEventType kind = type switch
        {
            "ADDED" => WatchEventType.Added,
            "MODIFIED" => WatchEventType.Modified,
            "DELETED" => WatchEventType.Deleted,
            _ => throw new JsonException($"A watch event has the unknown type \"{type}\"."),
        };
        if (ObjectReader.Read<T>(ref reader, out UnreadableObject? problem) is { } item)
        {
            return new WatchEvent<T>(kind, item, item.Metadata.ResourceVersion);
        }

        // To delete an object, its name is enough.
        kind = kind == WatchEventType.Deleted ? kind : WatchEventType.Unreadable;
        return new WatchEvent<T>(kind, null, problem!.Metadata.ResourceVersion, Unreadable: problem);
    }
}
