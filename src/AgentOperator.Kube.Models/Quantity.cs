using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models;

/// <summary>
/// resource.Quantity (<c>500m</c>, <c>1.5Gi</c>, <c>1e3</c>), kept as the text it was written in.
/// Two are equal when their values are: <c>0.5Gi</c> is <c>512Mi</c>.
/// </summary>
[JsonConverter(typeof(QuantityJsonConverter))]
public readonly struct Quantity(string text) : IEquatable<Quantity>, IComparable<Quantity>
{
    private readonly string? _text = text;

    /// <summary>As it was written; empty by default.</summary>
    public string Text => _text ?? "";

    public static Quantity operator +(Quantity left, Quantity right) => Add(left, right);

    public static Quantity operator -(Quantity left, Quantity right) => Subtract(left, right);

    public static bool operator ==(Quantity left, Quantity right) => left.Equals(right);

    public static bool operator !=(Quantity left, Quantity right) => !left.Equals(right);

    public static bool operator <(Quantity left, Quantity right) => left.CompareTo(right) < 0;

    public static bool operator >(Quantity left, Quantity right) => left.CompareTo(right) > 0;

    public static bool operator <=(Quantity left, Quantity right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Quantity left, Quantity right) => left.CompareTo(right) >= 0;

    /// <summary>The sum in canonical form, with the suffixes of the left one unless that is zero.</summary>
    /// <exception cref="FormatException">One is no quantity.</exception>
    public static Quantity Add(Quantity left, Quantity right) => Combine(left, right, 1);

    /// <summary>The difference in canonical form, with the suffixes of the left one unless that is zero.</summary>
    /// <exception cref="FormatException">One is no quantity.</exception>
    public static Quantity Subtract(Quantity left, Quantity right) => Combine(left, right, -1);

    /// <summary>The value, rounded up to a billionth and capped at 2⁶³−1 as the API server does it.</summary>
    /// <exception cref="FormatException">The text is no quantity.</exception>
    public decimal ToDecimal() => QuantityFormat.TryParse(Text, out decimal value, out _) ? value : throw Malformed();

    /// <summary>The form that the API server would store: no fraction, the largest suffix that fits.</summary>
    /// <exception cref="FormatException">The text is no quantity.</exception>
    public Quantity Canonical() =>
        QuantityFormat.TryParse(Text, out decimal value, out QuantityFormat format) ? new(format.Write(value)) : throw Malformed();

    /// <summary>Whether the values are equal; texts that are no quantities are compared as texts.</summary>
    public bool Equals(Quantity other) =>
        QuantityFormat.TryParse(Text, out decimal value, out _) && QuantityFormat.TryParse(other.Text, out decimal others, out _)
            ? value == others
            : string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is Quantity other && Equals(other);

    public override int GetHashCode() =>
        QuantityFormat.TryParse(Text, out decimal value, out _) ? value.GetHashCode() : StringComparer.Ordinal.GetHashCode(Text);

    /// <summary>Orders by value.</summary>
    /// <exception cref="FormatException">One is no quantity.</exception>
    public int CompareTo(Quantity other) => ToDecimal().CompareTo(other.ToDecimal());

    public override string ToString() => Text;

    private static Quantity Combine(Quantity left, Quantity right, int sign)
    {
        decimal first = QuantityFormat.TryParse(left.Text, out decimal value, out QuantityFormat format) ? value : throw left.Malformed();
        decimal second = QuantityFormat.TryParse(right.Text, out decimal other, out QuantityFormat others) ? other : throw right.Malformed();
        return new((first == 0 ? others : format).Write(first + (sign * second)));
    }

    private FormatException Malformed() => new($"\"{Text}\" is not a quantity: write it as 2, 500m, 1.5Gi or 1e3.");
}
