using System.Text.Json;
using AgentOperator.Kube.Models.Coordination;

namespace AgentOperator.Controllers.Sharding;

/// <summary>Who owns which slots, as all members agree on it by writes that carry the version read.</summary>
public sealed record ShardMap
{
    /// <summary>Annotation of the Lease that holds the map, as JSON.</summary>
    public const string Annotation = "agentoperator.dev/shards";

    /// <summary>Slots by member, as <c>0-84,200</c>.</summary>
    public IReadOnlyDictionary<string, string> Owners { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The map that a Lease holds.</summary>
    /// <exception cref="FormatException">It holds something else; the message says what to do.</exception>
    public static ShardMap Read(Lease lease)
    {
        string text = lease.Metadata.Annotations?.GetValueOrDefault(Annotation) ?? "{}";
        try
        {
            ShardMap map = JsonSerializer.Deserialize(text, ShardJsonContext.Default.ShardMap) ?? new ShardMap();
            map.Table();
            return map;
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            throw new FormatException($"The annotation {Annotation} of the Lease {lease.Metadata.Name} cannot be read ({error.Message}): stop all replicas, delete the Lease, and start them again.", error);
        }
    }

    /// <summary>The owner of each slot; null for none.</summary>
    public string?[] Table()
    {
        string?[] table = new string?[Slots.Count];
        foreach ((string member, string slots) in Owners)
        {
            foreach (int slot in SlotRanges.Parse(slots))
            {
                table[slot] = table[slot] is null ? member : throw new FormatException($"slot {slot} has two owners");
            }
        }

        return table;
    }

    /// <summary>This map with other owners.</summary>
    public ShardMap With(string?[] table) => this with
    {
        Owners = Enumerable.Range(0, table.Length).Where(slot => table[slot] is not null).GroupBy(slot => table[slot]!, StringComparer.Ordinal)
            .OrderBy(static slots => slots.Key, StringComparer.Ordinal)
            .ToDictionary(static slots => slots.Key, static slots => SlotRanges.Format(slots), StringComparer.Ordinal),
    };

    public override string ToString() => JsonSerializer.Serialize(this, ShardJsonContext.Default.ShardMap);
}
