using System.Globalization;
using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models;

/// <summary>metav1.MicroTime: RFC 3339 in UTC, always six fractional digits when written (Go's parser refuses fewer).</summary>
[JsonConverter(typeof(MicroTimeJsonConverter))]
public readonly record struct MicroTime(DateTimeOffset Value)
{
    public override string ToString() => Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public static implicit operator DateTimeOffset(MicroTime time) => time.Value;
}
