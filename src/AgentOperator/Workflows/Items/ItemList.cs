using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentOperator.Api.Digests;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Items;

/// <summary>The list that a forEach is about. Status keeps its digest only: it is evaluated again when Jobs are built.</summary>
internal sealed class ItemList
{
    /// <summary>Most items of a step whose attempts are one Indexed Job each.</summary>
    public const int MaxItems = 10_000;

    /// <summary>Most items of a container step, where each item has a Job of its own.</summary>
    public const int MaxJobs = 500;

    private readonly JsonElement[] _items;

    private ItemList(JsonElement list)
    {
        _items = [.. list.EnumerateArray()];
        Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Format(list))));
    }

    public int Count => _items.Length;

    /// <summary>Of the list as RFC 8785 JSON.</summary>
    public string Digest { get; }

    public JsonElement this[int place] => _items[place];

    /// <summary>The list, or why what forEach.items came to cannot be one.</summary>
    public static (ItemList? List, string? Problem) Of(WorkflowStep step, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return (null, $"forEach.items is {JsonType.NameOf(value)}: it must be a list");
        }

        int count = value.GetArrayLength();
        return count switch
        {
            > MaxItems => (null, $"forEach.items has {count} items, more than {MaxItems}: give each item more to do"),
            > MaxJobs when step.Container is not null => (null, $"forEach.items has {count} items, and a container step, which has a Job for each, takes {MaxJobs}: give each item more to do, or split the list over several steps"),
            _ => (new ItemList(value), null),
        };
    }
}
