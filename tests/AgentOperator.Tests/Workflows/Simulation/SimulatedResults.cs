using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Memos;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Tests.Workflows.Simulation;

/// <summary>What attempts and items gave, as ConfigMaps hold it beside the status, and what is kept for later runs.</summary>
internal sealed class SimulatedResults : IMemos
{
    private readonly Dictionary<string, Dictionary<string, string>> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _posted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Memo> _memos = new(StringComparer.Ordinal);

    /// <summary>The first result of an item is the one that counts.</summary>
    public void KeepItem(string results, int place, string text)
    {
        if (!_items.TryGetValue(results, out Dictionary<string, string>? kept))
        {
            _items.Add(results, kept = new Dictionary<string, string>(StringComparer.Ordinal));
        }

        kept.TryAdd(ItemResults.KeyOf(place), text);
    }

    public ItemResults ItemsOf(string results) => ItemResults.Of(_items.TryGetValue(results, out Dictionary<string, string>? kept) ? [kept] : []);

    public PostedResult Post(string job, string text)
    {
        string name = PostedResult.NameOf(job);
        _posted.TryAdd(name, text);
        return new PostedResult(name, _posted[name]);
    }

    /// <summary>Somebody deletes one of the ConfigMaps.</summary>
    public void Lose(Random random)
    {
        if (_posted.Count > 0)
        {
            _posted.Remove(_posted.Keys.ElementAt(random.Next(_posted.Count)));
        }
    }

    /// <summary>The value; null when it is gone.</summary>
    public JsonElement? Load(OutputReference reference)
    {
        IEnumerable<JsonElement> values = reference.Items is { } items
            ? ItemOutputs.Lists(["value"], items.Total, IndexRanges.Parse(items.Places), ItemsOf(reference.ConfigMap).Of).Values
            : _posted.TryGetValue(reference.ConfigMap, out string? text) ? JsonElement.Parse(text).EnumerateObject().Select(static output => output.Value) : [];
        return values.Where(value => OutputSpill.Digest(value) == reference.Sha256).Select(static value => (JsonElement?)value).FirstOrDefault();
    }

    /// <summary>Inputs of the steps whose results were kept.</summary>
    public HashSet<string?> Done { get; } = [];

    public void Keep(Workflow workflow, long run, MemoKeep keep)
    {
        Dictionary<string, JsonElement> values = new(keep.Step.Outputs ?? new Dictionary<string, JsonElement>(), StringComparer.Ordinal);
        foreach ((string name, OutputReference reference) in keep.Step.References ?? new Dictionary<string, OutputReference>())
        {
            if (Load(reference) is not { } value)
            {
                return;
            }

            values[name] = value;
        }

        Done.Add(keep.Step.Inputs);
        string map = $"memo-{keep.Job}";
        _posted.TryAdd(map, JsonSerializer.Serialize(values));
        _memos[keep.Digest] = new Memo
        {
            Workflow = workflow.Metadata.Name!,
            Run = run,
            Step = keep.Step.Name,
            FinishedAt = keep.FinishedAt,
            ExpiresAt = keep.ExpiresAt,
            Outputs = values.ToDictionary(static value => value.Key, value => new OutputReference { ConfigMap = map, Sha256 = OutputSpill.Digest(value.Value), Bytes = value.Value.GetRawText().Length }, StringComparer.Ordinal),
        };
    }

    public Memo? Find(string ns, string digest) => _memos.GetValueOrDefault(digest);
}
