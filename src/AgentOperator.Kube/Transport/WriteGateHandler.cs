namespace AgentOperator.Kube.Transport;

/// <summary>Asks before every write that goes out, repeated ones included, whether this process still may.</summary>
internal sealed class WriteGateHandler(Func<bool> mayWrite) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Method == HttpMethod.Get || mayWrite()
            ? base.SendAsync(request, cancellationToken)
            : throw new WriteFencedException($"{request.Method} {request.RequestUri?.AbsolutePath} was not sent: this process does not lead any more.");
}
