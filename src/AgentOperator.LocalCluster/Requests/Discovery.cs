using System.Text.Json;
using AgentOperator.Kube.Models;

namespace AgentOperator.Local.Requests;

/// <summary>What the API server serves, in each group's preferred version.</summary>
internal static class Discovery
{
    private const string Accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    public static async Task<IReadOnlyList<ServedKind>> ReadAsync(RawClient client, CancellationToken cancellation)
    {
        List<ServedKind> kinds = [];
        foreach (string path in (string[])["/api", "/apis"])
        {
            using JsonDocument document = JsonDocument.Parse(await client.GetAsync(path, Accept, cancellation));
            kinds.AddRange(Parse(document.RootElement));
        }

        return kinds;
    }

    internal static IEnumerable<ServedKind> Parse(JsonElement list)
    {
        foreach (JsonElement group in Items(list, "items"))
        {
            string name = group.GetProperty("metadata").TryGetProperty("name", out JsonElement text) ? text.GetString() ?? "" : "";
            HashSet<string> seen = new(StringComparer.Ordinal);
            foreach (JsonElement version in Items(group, "versions"))
            {
                foreach (JsonElement resource in Items(version, "resources"))
                {
                    string plural = resource.GetProperty("resource").GetString()!;
                    if (seen.Add(plural) && resource.TryGetProperty("responseKind", out JsonElement kind))
                    {
                        ResourceDefinition definition = new(
                            name,
                            version.GetProperty("version").GetString()!,
                            plural,
                            kind.GetProperty("kind").GetString()!,
                            resource.GetProperty("scope").GetString() == "Namespaced");
                        yield return new ServedKind(definition, [.. Items(resource, "verbs").Select(static verb => verb.GetString()!)]);
                    }
                }
            }
        }
    }

    private static List<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement items) && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : [];
}
