using System.Globalization;
using System.Text;
using AgentOperator.Cel.Evaluation;
using AgentOperator.Cel.Values;

namespace AgentOperator.Cel.Library;

/// <summary>Types as functions.</summary>
internal static class ConversionLibrary
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static IEnumerable<CelFunction> Functions =>
    [
        .. Table("bool", CelType.Bool, ToBool, CelType.Bool, CelType.String),
        .. Table("int", CelType.Int, ToInt, CelType.Int, CelType.Uint, CelType.Double, CelType.String, CelType.Timestamp, CelType.Duration),
        .. Table("uint", CelType.Uint, ToUint, CelType.Uint, CelType.Int, CelType.Double, CelType.String),
        .. Table("double", CelType.Double, ToDouble, CelType.Double, CelType.Int, CelType.Uint, CelType.String),
        .. Table("string", CelType.String, ToText, CelType.String, CelType.Bool, CelType.Int, CelType.Uint, CelType.Double, CelType.Bytes, CelType.Timestamp, CelType.Duration),
        .. Table("bytes", CelType.Bytes, ToBytes, CelType.Bytes, CelType.String),
        .. Table("timestamp", CelType.Timestamp, ToTimestamp, CelType.Timestamp, CelType.String, CelType.Int),
        .. Table("duration", CelType.Duration, ToDuration, CelType.Duration, CelType.String, CelType.Int),
    ];

    /// <summary>A value as <c>string()</c> has it; null where it has none.</summary>
    public static string? Text(in CelValue value) => value.Kind switch
    {
        CelKind.String => value.Text,
        CelKind.Bool => value.Bits != 0 ? "true" : "false",
        CelKind.Int => value.Bits.ToString(CultureInfo.InvariantCulture),
        CelKind.Uint => value.Unsigned.ToString(CultureInfo.InvariantCulture),
        CelKind.Double => Texts.Double(value.Number),
        CelKind.Timestamp => Texts.Timestamp(value),
        CelKind.Duration => Texts.Duration(value.Bits),
        _ => null,
    };

    private static IEnumerable<CelFunction> Table(string name, CelType result, Fn.One implementation, params CelType[] from) => from.Select(type => Fn.Of(name, type, result, implementation));

    private static CelValue ToBool(in CelValue value, ref CelContext context)
    {
        if (value.Kind is CelKind.Bool)
        {
            return value;
        }

        return value.Text switch
        {
            "1" or "t" or "T" or "true" or "TRUE" or "True" => CelValue.True,
            "0" or "f" or "F" or "false" or "FALSE" or "False" => CelValue.False,
            _ => CelValue.Error($"type conversion error: {value} is no bool; write 'true' or 'false'"),
        };
    }

    private static CelValue ToInt(in CelValue value, ref CelContext context)
    {
        switch (value.Kind)
        {
            case CelKind.Uint:
                return value.Bits >= 0 ? CelValue.From(value.Bits) : Range("int", value);
            case CelKind.Double:
                return value.Number is > -9223372036854775808.0 and < 9223372036854775808.0 ? CelValue.From((long)value.Number) : Range("int", value);
            case CelKind.String:
                context.ChargeText(value.Text.Length);
                return long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long parsed) ? CelValue.From(parsed) : CelValue.Error($"type conversion error: {value} is no int");
            case CelKind.Timestamp or CelKind.Duration or CelKind.Int:
                return CelValue.From(value.Bits);
            default:
                return value;
        }
    }

    private static CelValue ToUint(in CelValue value, ref CelContext context)
    {
        switch (value.Kind)
        {
            case CelKind.Int:
                return value.Bits >= 0 ? CelValue.From(value.Unsigned) : Range("uint", value);
            case CelKind.Double:
                return value.Number is >= 0 and < 18446744073709551616.0 ? CelValue.From((ulong)value.Number) : Range("uint", value);
            case CelKind.String:
                context.ChargeText(value.Text.Length);
                return ulong.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong parsed) ? CelValue.From(parsed) : CelValue.Error($"type conversion error: {value} is no uint");
            default:
                return value;
        }
    }

    private static CelValue ToDouble(in CelValue value, ref CelContext context)
    {
        if (value.Kind is not CelKind.String)
        {
            return CelValue.From(Ordering.ToDouble(value));
        }

        context.ChargeText(value.Text.Length);
        if (double.TryParse(value.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double parsed)
            && (double.IsFinite(parsed) || !value.Text.AsSpan().ContainsAnyInRange('0', '9')))
        {
            return CelValue.From(parsed);
        }

        return value.Text.ToUpperInvariant() switch
        {
            "INF" or "+INF" or "INFINITY" or "+INFINITY" => CelValue.From(double.PositiveInfinity),
            "-INF" or "-INFINITY" => CelValue.From(double.NegativeInfinity),
            "NAN" => CelValue.From(double.NaN),
            _ => CelValue.Error($"type conversion error: {value} is no double"),
        };
    }

    private static CelValue ToText(in CelValue value, ref CelContext context)
    {
        if (value.Kind is not CelKind.Bytes)
        {
            return CelValue.From(Text(value));
        }

        context.ChargeMade(value.AsBytes().Length);
        try
        {
            return CelValue.From(Strict.GetString(value.AsBytes().Span));
        }
        catch (DecoderFallbackException)
        {
            return CelValue.Error("type conversion error: the bytes are no UTF-8; invalid UTF-8 cannot be a string");
        }
    }

    private static CelValue ToBytes(in CelValue value, ref CelContext context)
    {
        if (value.Kind is CelKind.Bytes)
        {
            return value;
        }

        context.ChargeMade(value.Text.Length);
        return CelValue.From(new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(value.Text)));
    }

    private static CelValue ToTimestamp(in CelValue value, ref CelContext context) => value.Kind switch
    {
        CelKind.String => TimeTexts.Timestamp(value.Text),
        CelKind.Int => Times.Timestamp(value.Bits, 0),
        _ => value,
    };

    private static CelValue ToDuration(in CelValue value, ref CelContext context) => value.Kind switch
    {
        CelKind.String => TimeTexts.Duration(value.Text),
        CelKind.Int => Times.Duration((Int128)value.Bits * Times.Second),
        _ => value,
    };

    private static CelValue Range(string type, in CelValue value) => CelValue.Error($"range error: {value} is out of the range of {type}");
}
