using System.Buffers;
using System.Text;
using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Items;

/// <summary>From the items' results to the step's outputs: each is a list in the order of the items, null where an item has none.</summary>
internal static class ItemOutputs
{
    /// <summary>The end of a step with its outputs: small lists inline, the rest as references to where the items' results are.</summary>
    public static AttemptEnd Add(ItemsContext context, ItemsBook book, AttemptEnd end, IReadOnlyList<ItemResult> keeps)
    {
        Dictionary<int, string> fresh = keeps.ToDictionary(static keep => keep.Place, static keep => keep.Text);
        ItemResults results = context.Evidence!.Results;
        IReadOnlyDictionary<string, JsonElement> lists = Lists(NamesOf(context.Step), book.Total, book.Succeeded, place => results.Of(place) ?? fresh.GetValueOrDefault(place));
        (IReadOnlyDictionary<string, JsonElement> inline, IReadOnlyDictionary<string, OutputReference>? references) = OutputSpill.Of(lists, context.Names.Results, context.Room);
        ItemsReference items = new() { Total = book.Total, Places = book.Succeeded.ToStatus() };
        return end with { Outputs = inline, References = references?.ToDictionary(static pair => pair.Key, pair => pair.Value with { Items = items }, StringComparer.Ordinal) };
    }

    public static string[] NamesOf(WorkflowStep step) => [.. (step.Outputs ?? []).Select(static output => output.Name)];

    /// <summary>Names of the outputs that one item gave.</summary>
    public static string[] NamesIn(string text)
    {
        using JsonDocument result = JsonDocument.Parse(text);
        return [.. result.RootElement.EnumerateObject().Select(static output => output.Name).Where(static name => name is not ['$', ..])];
    }

    /// <param name="names">Names of the outputs.</param>
    /// <param name="total">Number of items.</param>
    /// <param name="places">Items that have succeeded: results of others do not count.</param>
    /// <param name="textOf">What an item gave: one JSON object.</param>
    public static IReadOnlyDictionary<string, JsonElement> Lists(IReadOnlyList<string> names, int total, IndexRanges places, Func<int, string?> textOf)
    {
        ArrayBufferWriter<byte>[] buffers = [.. names.Select(static _ => new ArrayBufferWriter<byte>())];
        Utf8JsonWriter[] writers = [.. buffers.Select(static buffer => new Utf8JsonWriter(buffer))];
        foreach (Utf8JsonWriter writer in writers)
        {
            writer.WriteStartArray();
        }

        for (int place = 0; place < total; place++)
        {
            using JsonDocument? result = places.Contains(place) && textOf(place) is { } text ? JsonDocument.Parse(text) : null;
            for (int i = 0; i < names.Count; i++)
            {
                if (result?.RootElement.TryGetProperty(names[i], out JsonElement value) == true)
                {
                    value.WriteTo(writers[i]);
                }
                else
                {
                    writers[i].WriteNullValue();
                }
            }
        }

        Dictionary<string, JsonElement> lists = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            writers[i].WriteEndArray();
            writers[i].Dispose();
            lists.Add(names[i], JsonElement.Parse(buffers[i].WrittenSpan));
        }

        return lists;
    }

    /// <summary>Outputs of one item as they are kept.</summary>
    public static string TextOf(IReadOnlyDictionary<string, JsonElement> outputs)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            foreach ((string name, JsonElement value) in outputs.OrderBy(static output => output.Key, StringComparer.Ordinal))
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
