using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Items;

/// <summary>What the items of a step gave so far, over all attempts.</summary>
internal sealed class ItemResults
{
    private readonly Dictionary<int, string> _texts = [];

    private ItemResults(int parts) => Parts = parts;

    public static ItemResults None { get; } = new(0);

    /// <summary>ConfigMaps that hold them.</summary>
    public int Parts { get; }

    /// <summary>What all calls of models used, those of attempts that failed too; null when there is no word of any.</summary>
    public StepUsage? Usage { get; private set; }

    /// <summary>Key of an item's result: the first one that is kept counts.</summary>
    public static string KeyOf(int place) => place.ToString(CultureInfo.InvariantCulture);

    /// <summary>Key of what an item that failed used in an attempt.</summary>
    public static string KeyOfError(int place, int attempt) => string.Create(CultureInfo.InvariantCulture, $"{place}.{attempt}");

    public static ItemResults Of(IReadOnlyCollection<IReadOnlyDictionary<string, string>> parts)
    {
        ItemResults results = new(parts.Count);
        foreach ((string key, string text) in parts.SelectMany(static part => part))
        {
            results.Usage = RunCost.Add(results.Usage, PostedResult.Usage(text));
            if (int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int place))
            {
                results._texts.TryAdd(place, text);
            }
        }

        return results;
    }

    /// <summary>The JSON object that an item gave, keyed by output name; null when it gave none.</summary>
    public string? Of(int place) => _texts.GetValueOrDefault(place);
}
