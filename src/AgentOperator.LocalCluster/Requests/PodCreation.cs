using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Requests;

/// <summary>Makes a pod once. Where the answer is lost, as when the API server is restarted, the same name is asked for until it is known: another pod would do the work of a Job twice.</summary>
/// <param name="pods">Where.</param>
/// <param name="time">Clock.</param>
internal sealed class PodCreation(ResourceClient<Pod> pods, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The pod as it is there; null when it is not wanted any more, and may be there or not.</summary>
    /// <param name="pod">With its name.</param>
    /// <param name="isWanted">Asked before it is tried again.</param>
    /// <param name="tell">Told of each answer that did not come.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="KubeApiException">The server does not take the pod, or it is gone again.</exception>
    public async Task<Pod?> CreateAsync(Pod pod, Func<bool> isWanted, Action<string> tell, CancellationToken cancellation)
    {
        bool isUnsure = false;
        bool isThere = false;
        while (!isUnsure || isWanted())
        {
            try
            {
                return isThere ? await pods.GetAsync(pod.Metadata.Name!, cancellation) : await pods.CreateAsync(pod, cancellation);
            }
            catch (KubeApiException error) when (isUnsure && error.IsAlreadyExists)
            {
                isThere = true;
            }
            catch (Exception error) when (Unanswered.Is(error))
            {
                tell(error.Message);
                isUnsure = true;
                await Task.Delay(Pause, time, cancellation);
            }
        }

        return null;
    }
}
