using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace AgentOperator.Cel.Values;

/// <summary>An object of JSON; what is read of it is kept. Of a name that is there twice the last counts.</summary>
internal sealed class JsonMap(JsonElement element, CelType? type) : CelRecord
{
    private Dictionary<string, CelValue>? _fields;

    public override int Count => (_fields ?? Read()).Count;

    public override IEnumerable<string> Names => (_fields ?? Read()).Keys;

    public override bool TryGet(string key, out CelValue value) => (_fields ?? Read()).TryGetValue(key, out value);

    private Dictionary<string, CelValue> Read()
    {
        Dictionary<string, CelValue> fields = new(element.GetPropertyCount(), StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            string name = Name(property);
            CelType? declared = type?.Kind switch
            {
                CelTypeKind.Record => type.Fields.GetValueOrDefault(name),
                CelTypeKind.Map => type.Parameters[1],
                _ => null,
            };
            fields[name] = JsonReading.Read(property.Value, declared);
        }

        return Interlocked.CompareExchange(ref _fields, fields, null) ?? fields;
    }

    /// <summary>A name with half of a surrogate pair is no string; it is kept as it is written.</summary>
    private static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(property));
        }
    }
}
