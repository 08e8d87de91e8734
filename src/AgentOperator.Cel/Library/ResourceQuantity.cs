using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace AgentOperator.Cel.Library;

/// <summary>A quantity of Kubernetes, exact to the billionth.</summary>
internal sealed class ResourceQuantity(BigInteger billionths) : CelObject
{
    private const int MaxLength = 64;
    private const int MaxExponent = 30;
    private const string Decimals = "num kMGTPE";
    private const string Binaries = "KMGTPE";
    private static readonly BigInteger One = 1_000_000_000;

    public static CelType CelType { get; } = CelType.Opaque("kubernetes.Quantity");

    public override CelType Type => CelType;

    public BigInteger Billionths => billionths;

    public bool IsInteger => billionths % One == 0 && billionths / One >= long.MinValue && billionths / One <= long.MaxValue;

    public long Integer => (long)(billionths / One);

    public static bool TryParse(string text, [NotNullWhen(true)] out ResourceQuantity? quantity)
    {
        quantity = null;
        int end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        if (end < text.Length && text[end] == '.')
        {
            end++;
        }

        int exponent = text.AsSpan().IndexOfAny('e', 'E');
        int number = exponent >= 0 && exponent + 1 < text.Length ? exponent : end;
        if (text.Length > MaxLength || !TryScale(text[number..], out BigInteger scale, out int tens) || !TryDigits(text[..number], out BigInteger digits, out int fraction))
        {
            return false;
        }

        BigInteger value = digits * scale;
        int shift = tens + 9 - fraction;
        if (shift >= 0)
        {
            value *= BigInteger.Pow(10, shift);
        }
        else
        {
            // What is finer than a billionth is rounded up, away from zero.
            value = BigInteger.DivRem(value, BigInteger.Pow(10, -shift), out BigInteger rest) + rest.Sign;
        }

        quantity = new ResourceQuantity(value);
        return true;
    }

    public double Approximate() => (double)(billionths / One) + ((double)(billionths % One) / 1e9);

    public int Compare(ResourceQuantity other) => billionths.CompareTo(other.Billionths);

    public override bool Equals(object? obj) => obj is ResourceQuantity other && other.Billionths == billionths;

    public override int GetHashCode() => billionths.GetHashCode();

    public override string ToString() => billionths % One == 0 ? (billionths / One).ToString(CultureInfo.InvariantCulture) : $"{billionths.ToString(CultureInfo.InvariantCulture)}n";

    private static bool TryScale(string suffix, out BigInteger scale, out int tens)
    {
        scale = BigInteger.One;
        tens = 0;
        if (suffix.Length == 2 && suffix[1] == 'i' && Binaries.Contains(suffix[0], StringComparison.Ordinal))
        {
            scale = BigInteger.Pow(1024, Binaries.IndexOf(suffix[0], StringComparison.Ordinal) + 1);
            return true;
        }

        if (suffix.Length == 1 && suffix[0] != ' ' && Decimals.Contains(suffix[0], StringComparison.Ordinal))
        {
            tens = 3 * (Decimals.IndexOf(suffix[0], StringComparison.Ordinal) - 3);
            return true;
        }

        return suffix.Length == 0 || (suffix[0] is 'e' or 'E' && int.TryParse(suffix.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out tens) && Math.Abs(tens) <= MaxExponent);
    }

    private static bool TryDigits(string text, out BigInteger digits, out int fraction)
    {
        string plain = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        int dot = plain.IndexOf('.', StringComparison.Ordinal);
        fraction = dot < 0 ? 0 : plain.Length - dot - 1;
        digits = default;
        string whole = dot < 0 ? plain : plain.Remove(dot, 1);
        if (!BigInteger.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out digits))
        {
            return false;
        }

        digits = text[0] == '-' ? -digits : digits;
        return true;
    }
}
