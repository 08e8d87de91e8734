using System.Collections.Frozen;

namespace AgentOperator.Cel;

/// <summary>A type, as declared for variables and functions and as deduced for expressions.</summary>
public sealed class CelType : IEquatable<CelType>
{
    private static readonly FrozenDictionary<string, CelType> NoFields = FrozenDictionary<string, CelType>.Empty;

    private CelType(CelTypeKind kind, string name, params IReadOnlyList<CelType> parameters)
    {
        Kind = kind;
        Name = name;
        Parameters = parameters;
    }

    /// <summary>Anything.</summary>
    public static CelType Dyn { get; } = new(CelTypeKind.Dyn, "dyn");

    /// <summary>Null.</summary>
    public static CelType Null { get; } = new(CelTypeKind.Null, "null_type");

    /// <summary>Booleans.</summary>
    public static CelType Bool { get; } = new(CelTypeKind.Bool, "bool");

    /// <summary>Signed integers.</summary>
    public static CelType Int { get; } = new(CelTypeKind.Int, "int");

    /// <summary>Unsigned integers.</summary>
    public static CelType Uint { get; } = new(CelTypeKind.Uint, "uint");

    /// <summary>Floating-point numbers.</summary>
    public static CelType Double { get; } = new(CelTypeKind.Double, "double");

    /// <summary>Strings.</summary>
    public static CelType String { get; } = new(CelTypeKind.String, "string");

    /// <summary>Bytes.</summary>
    public static CelType Bytes { get; } = new(CelTypeKind.Bytes, "bytes");

    /// <summary>Instants.</summary>
    public static CelType Timestamp { get; } = new(CelTypeKind.Timestamp, "google.protobuf.Timestamp");

    /// <summary>Spans of time.</summary>
    public static CelType Duration { get; } = new(CelTypeKind.Duration, "google.protobuf.Duration");

    /// <summary>The form.</summary>
    public CelTypeKind Kind { get; }

    /// <summary>The name, without parameters.</summary>
    public string Name { get; }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<CelType> Parameters { get; }

    /// <summary>A record's fields.</summary>
    public IReadOnlyDictionary<string, CelType> Fields { get; private init; } = NoFields;

    /// <summary>Lists of <paramref name="element"/>.</summary>
    public static CelType List(CelType element) => new(CelTypeKind.List, "list", element);

    /// <summary>Maps from <paramref name="key"/> to <paramref name="value"/>.</summary>
    public static CelType Map(CelType key, CelType value) => new(CelTypeKind.Map, "map", key, value);

    /// <summary>Optionals of <paramref name="value"/>.</summary>
    public static CelType Optional(CelType value) => new(CelTypeKind.Optional, "optional_type", value);

    /// <summary><paramref name="value"/> or null.</summary>
    public static CelType Nullable(CelType value) => new(CelTypeKind.Nullable, "wrapper", value);

    /// <summary>The type of the type <paramref name="described"/>.</summary>
    public static CelType TypeOf(CelType described) => new(CelTypeKind.Type, "type", described);

    /// <summary>A map with these fields and no others: an expression that names another one does not compile.</summary>
    public static CelType Record(string name, IEnumerable<KeyValuePair<string, CelType>> fields) =>
        new(CelTypeKind.Record, name) { Fields = fields.ToFrozenDictionary(StringComparer.Ordinal) };

    /// <summary>A type that only functions know.</summary>
    public static CelType Opaque(string name, params IReadOnlyList<CelType> parameters) => new(CelTypeKind.Opaque, name, parameters);

    /// <summary>A type parameter: the same name in one function's parameters and result means the same type.</summary>
    public static CelType Parameter(string name) => new(CelTypeKind.Parameter, name);

    /// <inheritdoc/>
    public bool Equals(CelType? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        return other is not null && Kind == other.Kind && Name == other.Name && Parameters.SequenceEqual(other.Parameters) && SameFields(other);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CelType);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Name, Parameters.Count);

    /// <summary>As CEL writes it: <c>list(int)</c>.</summary>
    public override string ToString() => Parameters.Count == 0 ? Name : $"{Name}({string.Join(", ", Parameters)})";

    internal CelType WithParameters(IReadOnlyList<CelType> parameters) => new(Kind, Name, parameters) { Fields = Fields };

    private bool SameFields(CelType other) =>
        ReferenceEquals(Fields, other.Fields)
        || (Fields.Count == other.Fields.Count && Fields.All(field => other.Fields.TryGetValue(field.Key, out CelType? type) && type.Equals(field.Value)));
}
