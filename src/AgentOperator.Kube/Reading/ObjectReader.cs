using System.Text.Json;
using AgentOperator.Kube.Models;

namespace AgentOperator.Kube.Reading;

/// <summary>Reads one object, or its metadata when the rest does not fit.</summary>
internal static class ObjectReader
{
    public static T? Read<T>(ref Utf8JsonReader reader, out UnreadableObject? problem)
        where T : class, IKubernetesObject<T>
    {
        // The reader is a struct: a copy is a bookmark to come back to.
        Utf8JsonReader start = reader;
        try
        {
            problem = null;
            if (JsonSerializer.Deserialize(ref reader, T.JsonTypeInfo) is { } item)
            {
                return item;
            }

            problem = new UnreadableObject(new ObjectMeta(), "null");
            return null;
        }
        catch (JsonException error)
        {
            reader = start;
            PartialObject? partial = JsonSerializer.Deserialize(ref reader, PartialObjectContext.Default.PartialObject);
            problem = new UnreadableObject(partial?.ToMetadata() ?? new ObjectMeta(), error.Message);
            return null;
        }
    }
}
