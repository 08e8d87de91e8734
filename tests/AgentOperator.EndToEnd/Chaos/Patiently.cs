using AgentOperator.Kube;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>Tries what an API server that is being restarted does not answer until it does; who is forbidden something may be so only until it knows the roles again.</summary>
internal static class Patiently
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(300);

    public static async Task DoAsync(Func<Task> act, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await act();
                return;
            }
            catch (Exception error) when (error is HttpRequestException or TimeoutException or IOException or KubeApiException { IsInvalid: false })
            {
                await Task.Delay(Retry, TimeProvider.System, cancellation);
            }
        }
    }
}
