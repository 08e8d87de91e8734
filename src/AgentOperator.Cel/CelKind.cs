namespace AgentOperator.Cel;

/// <summary>What a <see cref="CelValue"/> holds.</summary>
public enum CelKind
{
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

    /// <summary>A list.</summary>
    List,

    /// <summary>A map or a record.</summary>
    Map,

    /// <summary>An instant, to the nanosecond.</summary>
    Timestamp,

    /// <summary>A span of time, to the nanosecond.</summary>
    Duration,

    /// <summary>A type.</summary>
    Type,

    /// <summary>An optional value.</summary>
    Optional,

    /// <summary>A value of a type that only functions know.</summary>
    Object,

    /// <summary>An error. It ends the evaluation unless <c>&amp;&amp;</c>, <c>||</c> or a macro has no need of it.</summary>
    Error,

    /// <summary>Not known yet. It makes unknown what needs it.</summary>
    Unknown,
}
