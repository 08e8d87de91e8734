using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models;

/// <summary>resource.Quantity (<c>500m</c>, <c>1.5Gi</c>), kept as the text it was written in.</summary>
[JsonConverter(typeof(QuantityJsonConverter))]
public readonly record struct Quantity(string Text)
{
    public override string ToString() => Text;
}
