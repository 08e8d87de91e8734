using System.Net;
using System.Text;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Patching;

namespace AgentOperator.Local.Node;

/// <summary>The scheduler of a cluster with one node.</summary>
internal sealed class PodBinder(KubeClient client, string nodeName)
{
    private volatile bool _patches;

    public async Task BindAsync(Pod pod, CancellationToken cancellation)
    {
        ResourceClient<Pod> pods = client.Resource<Pod>(pod.Metadata.Namespace);
        if (!_patches)
        {
            try
            {
                await pods.PostSubresourceAsync(pod.Metadata.Name!, "binding", Binding(pod), cancellation);
                return;
            }
            catch (KubeApiException error) when (error.IsConflict)
            {
                // Bound already: an answer was lost.
                return;
            }
            catch (KubeApiException error) when (IsUnknownPath(error))
            {
                // A server without the subresource; it then does not guard the field either.
                _patches = true;
            }
        }

        await pods.PatchAsync(pod.Metadata.Name!, Patch.Merge(Encoding.UTF8.GetBytes($$$"""{"metadata":{"uid":"{{{pod.Metadata.Uid}}}"},"spec":{"nodeName":"{{{nodeName}}}"}}""")), cancellation);
    }

    /// <summary>A missing path has no details about an object, a missing pod has.</summary>
    private static bool IsUnknownPath(KubeApiException error) =>
        error.Code == HttpStatusCode.MethodNotAllowed || (error.IsNotFound && error.Status.Details?.Kind is null);

    private Binding Binding(Pod pod) => new()
    {
        Metadata = new ObjectMeta { Name = pod.Metadata.Name, Namespace = pod.Metadata.Namespace, Uid = pod.Metadata.Uid },
        Target = new ObjectReference { ApiVersion = "v1", Kind = "Node", Name = nodeName },
    };
}
