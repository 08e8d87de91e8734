namespace AgentOperator.Controllers.Caching;

/// <summary>How far a reflector has come.</summary>
public enum ReflectorState
{
    /// <summary>Nothing has been read.</summary>
    Empty,

    /// <summary>A list is under way; readers see what was there before.</summary>
    Listing,

    /// <summary>The store follows the server.</summary>
    Live,
}
