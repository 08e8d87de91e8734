namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>The sidecar refused or failed.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="errorCode">Dapr's name of it, <c>ERR_STATE_GET</c>; empty when the answer had none.</param>
/// <param name="message">For people.</param>
internal sealed class DaprException(int status, string errorCode, string message) : Exception(message)
{
    public int Status => status;

    public string ErrorCode => errorCode;
}
