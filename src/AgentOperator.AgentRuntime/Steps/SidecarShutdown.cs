
namespace AgentOperator.AgentRuntime.Steps;

/// <summary>Ends the Dapr sidecar of a Job's pod, without which the pod never ends (Dapr below 1.18).</summary>
internal static class SidecarShutdown
{
    public static async Task RunAsync(Func<string, string?> environment)
    {
        if (environment("DAPR_HTTP_PORT") is not { Length: > 0 } port || !string.Equals(environment("AGENTOPERATOR_DAPR_SHUTDOWN"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        using HttpRequestMessage request = new(HttpMethod.Post, $"http://{environment("DAPR_HOST_IP") ?? "127.0.0.1"}:{port}/v1.0/shutdown");
        if (environment("DAPR_API_TOKEN") is { Length: > 0 } token)
        {
            request.Headers.TryAddWithoutValidation("dapr-api-token", token);
        }

        try
        {
            using HttpResponseMessage response = await http.SendAsync(request);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"agent-runtime: the Dapr sidecar was not told to end: {error.Message}");
        }
    }
}
