using System.Globalization;
using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models;

/// <summary>intstr.IntOrString: a number, or text such as a port's name or <c>25%</c>.</summary>
[JsonConverter(typeof(IntOrStringJsonConverter))]
public readonly record struct IntOrString(int? Number, string? Text)
{
    public static implicit operator IntOrString(int number) => new(number, null);

    public static implicit operator IntOrString(string text) => new(null, text);

    public static IntOrString FromInt32(int number) => number;

    public static IntOrString FromString(string text) => text;

    public override string ToString() => Number?.ToString(CultureInfo.InvariantCulture) ?? Text ?? "";
}
