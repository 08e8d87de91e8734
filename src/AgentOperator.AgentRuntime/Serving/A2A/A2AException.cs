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
}
