using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Requests;

/// <summary>Makes a pod once. Where the answer is lost, as when the API server is restarted, the same name is asked for until it is known: another pod would do the work of a Job twice.</summary>
internal static class PodCreation
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <exception cref="KubeApiException">The server does not take the pod, or it is gone again.</exception>
    public static async Task<Pod> CreateAsync(ResourceClient<Pod> pods, Pod pod, TimeProvider time, CancellationToken cancellation)
    {
        bool isUnsure = false;
        while (true)
        {
            try
            {
                return await pods.CreateAsync(pod, cancellation);
            }
            catch (KubeApiException error) when (isUnsure && error.IsAlreadyExists)
            {
                return await pods.GetAsync(pod.Metadata.Name!, cancellation);
            }
            catch (Exception error) when (Unanswered.Is(error))
            {
                isUnsure = true;
                await Task.Delay(Pause, time, cancellation);
            }
        }
    }
}
