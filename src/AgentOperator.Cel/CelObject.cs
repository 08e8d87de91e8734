namespace AgentOperator.Cel;

/// <summary>A value of a type that only functions know. Equal objects are equal in expressions.</summary>
public abstract class CelObject
{
    /// <summary>The type, made by <see cref="CelType.Opaque"/>.</summary>
    public abstract CelType Type { get; }
}
