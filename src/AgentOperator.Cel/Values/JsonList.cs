using System.Text.Json;

namespace AgentOperator.Cel.Values;

/// <summary>An array of JSON; what is read of it is kept.</summary>
internal sealed class JsonList(JsonElement element, CelType? type) : CelList
{
    private CelValue[]? _items;

    public override int Count => (_items ?? Read()).Length;

    public override CelValue this[int index] => (_items ?? Read())[index];

    private CelValue[] Read()
    {
        CelValue[] items = new CelValue[element.GetArrayLength()];
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            items[index++] = JsonReading.Read(item, type);
        }

        return Interlocked.CompareExchange(ref _items, items, null) ?? items;
    }
}
