using System.Net;
using AgentOperator.Kube;

namespace AgentOperator.Local.Requests;

/// <summary>What a node tells the API server it tells until it is taken: a server that is restarted must not lose a pod.</summary>
internal static class Persistence
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Does it again while the server cannot be reached, or cannot answer now. Any other answer is one.</summary>
    public static async Task UntilAnsweredAsync(Func<Task> act, TimeProvider time, Action<string> tell, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await act();
                return;
            }
            catch (Exception error) when (Unanswered.Is(error) || error is KubeApiException { Code: HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError })
            {
                tell(error.Message);
                await Task.Delay(Pause, time, cancellation);
            }
        }
    }
}
