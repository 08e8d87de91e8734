using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local;

/// <summary>The namespace that everybody expects; API servers make it themselves, some a little late.</summary>
internal static class DefaultNamespace
{
    public static async Task EnsureAsync(KubeClient client, CancellationToken cancellation)
    {
        ResourceClient<Namespace> namespaces = client.Resource<Namespace>();
        if (await namespaces.FindAsync("default", cancellation) is not null)
        {
            return;
        }

        try
        {
            await namespaces.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = "default" } }, cancellation);
        }
        catch (KubeApiException error) when (error.IsAlreadyExists)
        {
            // The server was quicker.
            return;
        }
    }
}
