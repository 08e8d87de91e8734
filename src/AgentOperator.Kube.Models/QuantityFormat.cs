using System.Buffers;
using System.Globalization;

namespace AgentOperator.Kube.Models;

/// <summary>The three ways to write a quantity (k8s.io/apimachinery/pkg/api/resource).</summary>
internal sealed class QuantityFormat
{
    private const decimal Finest = 0.000_000_001m;

    private static readonly QuantityFormat Binary = new(1024, ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"], 0);
    private static readonly QuantityFormat Suffixes = new(1000, ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"], 3);
    private static readonly QuantityFormat Exponents = new(1000, ["e-9", "e-6", "e-3", "", "e3", "e6", "e9", "e12", "e15", "e18"], 3);

    private static readonly SearchValues<char> Digits = SearchValues.Create("+-.0123456789");

    private readonly int _base;
    private readonly string[] _suffixes;
    private readonly int _unit;

    private QuantityFormat(int @base, string[] suffixes, int unit)
    {
        _base = @base;
        _suffixes = suffixes;
        _unit = unit;
    }

    /// <summary>Reads a text; false when it is no quantity.</summary>
    public static bool TryParse(string text, out decimal value, out QuantityFormat format)
    {
        int end = text.AsSpan().IndexOfAnyExcept(Digits);
        ReadOnlySpan<char> number = end < 0 ? text : text.AsSpan(0, end);
        string suffix = end < 0 ? "" : text[end..];
        format = Suffixes;
        value = 0;
        return decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal digits)
            && (TryScale(Binary, suffix, out decimal scale, ref format) || TryScale(Suffixes, suffix, out scale, ref format) || TryExponent(suffix, out scale, ref format))
            && TryMultiply(digits, scale, out value);
    }

    /// <summary>Canonical text: no fraction, the largest suffix that fits; binary suffixes only from 1024 on.</summary>
    public string Write(decimal value)
    {
        if (this == Binary && (Math.Abs(value) < 1024 || !decimal.IsInteger(value)))
        {
            return Suffixes.Write(value);
        }

        int index = 0;
        decimal mantissa = value * Power(_base, _unit);
        while (mantissa != 0 && index < _suffixes.Length - 1 && decimal.IsInteger(mantissa / _base))
        {
            mantissa /= _base;
            index++;
        }

        return (value == 0 ? "0" : decimal.Truncate(mantissa).ToString(CultureInfo.InvariantCulture) + _suffixes[index]);
    }

    private static bool TryScale(QuantityFormat candidate, string suffix, out decimal scale, ref QuantityFormat format)
    {
        int index = Array.IndexOf(candidate._suffixes, suffix);
        scale = 0;
        if (index < 0)
        {
            return false;
        }

        // A number without a suffix is decimal.
        format = suffix.Length == 0 ? Suffixes : candidate;
        scale = index >= candidate._unit ? Power(candidate._base, index - candidate._unit) : 1 / Power(candidate._base, candidate._unit - index);
        return true;
    }

    private static bool TryExponent(string suffix, out decimal scale, ref QuantityFormat format)
    {
        scale = 0;
        if (suffix is not ['e' or 'E', .. { Length: > 0 } exponent]
            || !int.TryParse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int power)
            || Math.Abs(power) > 27)
        {
            return false;
        }

        format = Exponents;
        scale = power >= 0 ? Power(10, power) : 1 / Power(10, -power);
        return true;
    }

    private static bool TryMultiply(decimal digits, decimal scale, out decimal value)
    {
        decimal magnitude = Math.Abs(digits);
        decimal capped = scale > 1 && magnitude > long.MaxValue / scale ? long.MaxValue : Math.Min(magnitude * scale, long.MaxValue);

        // Rounded away from zero: a request is never less than what was asked for.
        decimal rounded = decimal.Ceiling(capped / Finest) * Finest;
        value = digits < 0 ? -rounded : rounded;
        return true;
    }

    private static decimal Power(int value, int exponent)
    {
        decimal result = 1;
        for (int i = 0; i < exponent; i++)
        {
            result *= value;
        }

        return result;
    }
}
