namespace AgentOperator.AgentRuntime.Models;

/// <summary>What went wrong with a call to a model, whatever the provider's notation.</summary>
internal enum ModelErrorKind
{
    /// <summary>429.</summary>
    RateLimited,

    /// <summary>409, 529 and the 5xx.</summary>
    Overloaded,

    /// <summary>408, and our own time limit.</summary>
    Timeout,

    /// <summary>401, 402, 403.</summary>
    Unauthorized,

    /// <summary>Any other 4xx: the same request will be refused again.</summary>
    InvalidRequest,

    /// <summary>The prompt does not fit the model's window.</summary>
    ContextTooLong,

    /// <summary>404: no such model, or no such path.</summary>
    NotFound,

    /// <summary>The server was not reached.</summary>
    Network,

    /// <summary>The answer ended before it was complete.</summary>
    CutStream,

    /// <summary>The answer is not what the provider's API promises, or too large.</summary>
    BadAnswer,
}
