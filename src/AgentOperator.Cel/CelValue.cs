using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AgentOperator.Cel.Evaluation;
using AgentOperator.Cel.Values;

namespace AgentOperator.Cel;

/// <summary>A value. The default is null.</summary>
public readonly struct CelValue : IEquatable<CelValue>
{
    private readonly int _nanos;

    private CelValue(CelKind kind, long bits, object? reference, int nanos = 0)
    {
        Kind = kind;
        Bits = bits;
        Reference = reference;
        _nanos = nanos;
    }

    /// <summary>Null.</summary>
    public static CelValue Null => default;

    /// <summary>True.</summary>
    public static CelValue True => new(CelKind.Bool, 1, null);

    /// <summary>False.</summary>
    public static CelValue False => new(CelKind.Bool, 0, null);

    /// <summary>An optional without a value.</summary>
    public static CelValue None => new(CelKind.Optional, 0, null);

    /// <summary>What it holds.</summary>
    public CelKind Kind { get; }

    internal long Bits { get; }

    internal object? Reference { get; }

    /// <summary>An error or an unknown.</summary>
    internal bool IsAbnormal => Kind >= CelKind.Error;

    internal bool IsTrue => Kind is CelKind.Bool && Bits != 0;

    internal bool IsFalse => Kind is CelKind.Bool && Bits == 0;

    internal bool IsNumber => Kind is CelKind.Int or CelKind.Uint or CelKind.Double;

    internal ulong Unsigned => (ulong)Bits;

    internal double Number => BitConverter.Int64BitsToDouble(Bits);

    internal string Text => (string)Reference!;

    internal CelList Items => (CelList)Reference!;

    internal CelMap Entries => (CelMap)Reference!;

    /// <summary>An instant's nanoseconds after <see cref="Bits"/> seconds since 1970.</summary>
    internal int Nanos => _nanos;

    /// <summary>A boolean.</summary>
    public static CelValue From(bool value) => new(CelKind.Bool, value ? 1 : 0, null);

    /// <summary>A signed integer.</summary>
    public static CelValue From(long value) => new(CelKind.Int, value, null);

    /// <summary>An unsigned integer.</summary>
    public static CelValue From(ulong value) => new(CelKind.Uint, (long)value, null);

    /// <summary>A floating-point number.</summary>
    public static CelValue From(double value) => new(CelKind.Double, BitConverter.DoubleToInt64Bits(value), null);

    /// <summary>A string; null gives null.</summary>
    public static CelValue From(string? value) => value is null ? default : new(CelKind.String, 0, value);

    /// <summary>Bytes. The memory must not change afterwards.</summary>
    public static CelValue From(ReadOnlyMemory<byte> value) => new(CelKind.Bytes, 0, new ByteString(value));

    /// <summary>An instant.</summary>
    public static CelValue From(DateTimeOffset value) => FromTimestamp((value.UtcTicks - DateTime.UnixEpoch.Ticks).FloorDivide(TimeSpan.TicksPerSecond, out long rest), (int)(rest * 100));

    /// <summary>A span of time.</summary>
    /// <exception cref="OverflowException">It exceeds 292 years.</exception>
    public static CelValue From(TimeSpan value) => FromDuration(checked(value.Ticks * 100));

    /// <summary>A list.</summary>
    public static CelValue From(CelList value) => new(CelKind.List, 0, value);

    /// <summary>A list of these values, which must not change afterwards.</summary>
    public static CelValue From(IReadOnlyList<CelValue> values) => new(CelKind.List, 0, new ValueList(values));

    /// <summary>A map or record.</summary>
    public static CelValue From(CelMap value) => new(CelKind.Map, 0, value);

    /// <summary>A map of these fields, which must not change afterwards.</summary>
    public static CelValue From(IReadOnlyDictionary<string, CelValue> fields) => new(CelKind.Map, 0, new FieldMap(fields));

    /// <summary>A type.</summary>
    public static CelValue From(CelType value) => new(CelKind.Type, 0, value);

    /// <summary>A value of a type that only functions know.</summary>
    public static CelValue From(CelObject value) => new(CelKind.Object, 0, value);

    /// <summary>
    /// JSON, read when it is asked for; its document must outlive the value. Numbers without fraction are integers where they fit.
    /// With a <paramref name="type"/>, numbers become what it says, strings become bytes, timestamps and durations, and what does not fit is an error where it is used.
    /// </summary>
    public static CelValue From(JsonElement element, CelType? type = null) => JsonReading.Read(element, type);

    /// <summary>An optional with a value.</summary>
    public static CelValue Some(CelValue value) => new(CelKind.Optional, 0, new Box(value));

    /// <summary>An error, for values that cannot be had. It ends the evaluation if it is needed.</summary>
    public static CelValue Error(string message) => new(CelKind.Error, -1, message);

    /// <summary>A value that is not known yet; what depends on it is unknown. <see cref="CelProgram.Evaluate"/> returns it.</summary>
    public static CelValue Unknown(string name) => new(CelKind.Unknown, 0, name);

    /// <summary>Whether two values are equal as <c>==</c> says.</summary>
    public static bool operator ==(CelValue left, CelValue right) => left.Equals(right);

    /// <summary>Whether two values are not equal as <c>==</c> says.</summary>
    public static bool operator !=(CelValue left, CelValue right) => !left.Equals(right);

    /// <summary>The boolean.</summary>
    public bool AsBool() => Of(CelKind.Bool).Bits != 0;

    /// <summary>The signed integer.</summary>
    public long AsInt() => Of(CelKind.Int).Bits;

    /// <summary>The unsigned integer.</summary>
    public ulong AsUint() => Of(CelKind.Uint).Unsigned;

    /// <summary>The floating-point number.</summary>
    public double AsDouble() => Of(CelKind.Double).Number;

    /// <summary>The string.</summary>
    public string AsString() => Of(CelKind.String).Text;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> AsBytes() => ((ByteString)Of(CelKind.Bytes).Reference!).Memory;

    /// <summary>The list.</summary>
    public CelList AsList() => Of(CelKind.List).Items;

    /// <summary>The map or record.</summary>
    public CelMap AsMap() => Of(CelKind.Map).Entries;

    /// <summary>The type.</summary>
    public CelType AsType() => (CelType)Of(CelKind.Type).Reference!;

    /// <summary>The object.</summary>
    public CelObject AsObject() => (CelObject)Of(CelKind.Object).Reference!;

    /// <summary>The instant, cut to 100 ns.</summary>
    public DateTimeOffset AsTimestamp() => DateTimeOffset.UnixEpoch.AddTicks((Of(CelKind.Timestamp).Bits * TimeSpan.TicksPerSecond) + (_nanos / 100));

    /// <summary>The span of time, cut to 100 ns.</summary>
    public TimeSpan AsDuration() => TimeSpan.FromTicks(Of(CelKind.Duration).Bits / 100);

    /// <summary>An optional's value; false where it has none.</summary>
    public bool TryGetValue(out CelValue value)
    {
        Box? box = (Box?)Of(CelKind.Optional).Reference;
        value = box?.Value ?? default;
        return box is not null;
    }

    /// <summary>Writes it as JSON.</summary>
    /// <exception cref="NotSupportedException">It has no form in JSON; the message says which part.</exception>
    public void WriteTo(Utf8JsonWriter writer) => JsonWriting.Write(this, writer);

    /// <summary>It as JSON.</summary>
    /// <exception cref="NotSupportedException">It has no form in JSON; the message says which part.</exception>
    public JsonElement ToJsonElement() => JsonWriting.ToElement(this);

    /// <inheritdoc/>
    public bool Equals(CelValue other) => Equality.AreEqual(this, other);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is CelValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Equality.Hash(this);

    /// <summary>For people: the value as an expression would write it, cut where it is long.</summary>
    public override string ToString() => Display.Of(this);

    internal static CelValue FromTimestamp(long seconds, int nanos) => new(CelKind.Timestamp, seconds, null, nanos);

    internal static CelValue FromDuration(long nanoseconds) => new(CelKind.Duration, nanoseconds, null);

    /// <summary>An error gets a place once, where it arises.</summary>
    internal CelValue At(int offset) => Kind is CelKind.Error && Bits < 0 ? new CelValue(CelKind.Error, offset, Reference) : this;

    private CelValue Of(CelKind kind) => Kind == kind ? this : throw new InvalidOperationException($"The value is a {Kind}, not a {kind}.");
}
