using System.Buffers;
using System.Text.Json;

namespace AgentOperator.Kube.Reading;

/// <summary>Reads an APIResourceList (discovery of one group and version).</summary>
internal static class ResourceNames
{
    public static IReadOnlyList<string> Read(ReadOnlySequence<byte> body)
    {
        using JsonDocument json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("resources", out JsonElement resources) && resources.ValueKind == JsonValueKind.Array
            ? [.. resources.EnumerateArray().Select(static resource => resource.GetProperty("name").GetString()!)]
            : [];
    }
}
