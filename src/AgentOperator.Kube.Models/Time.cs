using System.Globalization;
using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models;

/// <summary>metav1.Time: RFC 3339 in UTC, whole seconds when written, any fraction and offset when read.</summary>
[JsonConverter(typeof(TimeJsonConverter))]
public readonly record struct Time(DateTimeOffset Value)
{
    public override string ToString() => Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static implicit operator DateTimeOffset(Time time) => time.Value;
}
