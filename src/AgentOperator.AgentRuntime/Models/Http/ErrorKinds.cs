namespace AgentOperator.AgentRuntime.Models.Http;

/// <summary>Status and error code to kind.</summary>
internal static class ErrorKinds
{
    private static readonly string[] TooLong =
        ["context_length_exceeded", "prompt is too long", "maximum context length", "context window", "exceeds the context", "input token count", "too many tokens", "context size"];

    public static ModelErrorKind Of(int status, string code, string message) => status switch
    {
        408 or 504 => ModelErrorKind.Timeout,
        429 => ModelErrorKind.RateLimited,
        409 or 425 or >= 500 => ModelErrorKind.Overloaded,
        401 or 402 or 403 => ModelErrorKind.Unauthorized,
        404 => ModelErrorKind.NotFound,
        413 => ModelErrorKind.ContextTooLong,
        400 or 422 when TooLong.Any(sign => code.Contains(sign, StringComparison.OrdinalIgnoreCase) || message.Contains(sign, StringComparison.OrdinalIgnoreCase)) => ModelErrorKind.ContextTooLong,

        // Google says 400 to a bad key.
        400 when message.Contains("API key not valid", StringComparison.OrdinalIgnoreCase) => ModelErrorKind.Unauthorized,
        _ => ModelErrorKind.InvalidRequest,
    };

    /// <summary>For an error that arrives inside a stream, whose status is 200.</summary>
    public static ModelErrorKind OfCode(string code) => code switch
    {
        _ when code.Contains("overloaded", StringComparison.OrdinalIgnoreCase) => ModelErrorKind.Overloaded,
        _ when code.Contains("rate_limit", StringComparison.OrdinalIgnoreCase) || code.Contains("429", StringComparison.Ordinal) => ModelErrorKind.RateLimited,
        _ when code.Contains("timeout", StringComparison.OrdinalIgnoreCase) => ModelErrorKind.Timeout,
        _ when code.Contains("authentication", StringComparison.OrdinalIgnoreCase) || code.Contains("permission", StringComparison.OrdinalIgnoreCase) => ModelErrorKind.Unauthorized,
        _ when code.Contains("context_length", StringComparison.OrdinalIgnoreCase) => ModelErrorKind.ContextTooLong,
        _ when code.Contains("not_found", StringComparison.OrdinalIgnoreCase) => ModelErrorKind.NotFound,
        _ when code.Contains("invalid_request", StringComparison.OrdinalIgnoreCase) => ModelErrorKind.InvalidRequest,
        _ => ModelErrorKind.Overloaded,
    };
}
