using Microsoft.AspNetCore.Http;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A request that is refused, with A2A's code.</summary>
internal sealed class A2AException(int code, string message) : Exception(message)
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int Busy = -32603;
    public const int TaskNotFound = -32001;
    public const int TaskNotCancelable = -32002;
    public const int PushNotSupported = -32003;
    public const int UnsupportedOperation = -32004;
    public const int VersionNotSupported = -32009;

    public int Code { get; } = code;

    /// <summary>HTTP status, gRPC status and reason that go with the code (A2A 1.0, 5.4).</summary>
    public (int Http, string Status, string Reason) Binding => Code switch
    {
        TaskNotFound => (StatusCodes.Status404NotFound, "NOT_FOUND", "TASK_NOT_FOUND"),
        TaskNotCancelable => (StatusCodes.Status409Conflict, "FAILED_PRECONDITION", "TASK_NOT_CANCELABLE"),
        PushNotSupported => (StatusCodes.Status400BadRequest, "FAILED_PRECONDITION", "PUSH_NOTIFICATION_NOT_SUPPORTED"),
        UnsupportedOperation => (StatusCodes.Status400BadRequest, "FAILED_PRECONDITION", "UNSUPPORTED_OPERATION"),
        VersionNotSupported => (StatusCodes.Status400BadRequest, "FAILED_PRECONDITION", "VERSION_NOT_SUPPORTED"),
        Busy => (StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE", "UNAVAILABLE"),
        _ => (StatusCodes.Status400BadRequest, "INVALID_ARGUMENT", "INVALID_PARAMS"),
    };
}
