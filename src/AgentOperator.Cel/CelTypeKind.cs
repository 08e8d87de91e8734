namespace AgentOperator.Cel;

/// <summary>The forms of a <see cref="CelType"/>.</summary>
public enum CelTypeKind
{
    /// <summary>Anything; checked when evaluated.</summary>
    Dyn,

    /// <summary>Null.</summary>
    Null,

    /// <summary>A boolean.</summary>
    Bool,

    /// <summary>A signed 64-bit integer.</summary>
    Int,

    /// <summary>An unsigned 64-bit integer.</summary>
    Uint,

    /// <summary>A 64-bit floating-point number.</summary>
    Double,

    /// <summary>A string.</summary>
    String,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>An instant.</summary>
    Timestamp,

    /// <summary>A span of time.</summary>
    Duration,

    /// <summary>A list; its parameter is the type of the elements.</summary>
    List,

    /// <summary>A map; its parameters are the types of keys and values.</summary>
    Map,

    /// <summary>A map whose fields are known by name and type.</summary>
    Record,

    /// <summary>An optional; its parameter is the type of the value.</summary>
    Optional,

    /// <summary>A bool, number, string or bytes that may be null; its parameter is that type.</summary>
    Nullable,

    /// <summary>A type as a value; its parameter is that type.</summary>
    Type,

    /// <summary>A type that only functions know, with its own name.</summary>
    Opaque,

    /// <summary>A type parameter of a function.</summary>
    Parameter,
}
