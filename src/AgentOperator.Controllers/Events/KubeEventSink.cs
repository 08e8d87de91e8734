using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Events;
using AgentOperator.Kube.Patching;

namespace AgentOperator.Controllers.Events;

/// <summary>Events on the API server. Needs the verbs create and patch on events of events.k8s.io.</summary>
internal sealed class KubeEventSink(KubeClient client) : IEventSink
{
    public async Task CreateAsync(Event what, CancellationToken cancellation)
    {
        try
        {
            await client.Resource<Event>(what.Metadata.Namespace).CreateAsync(what, cancellation);
        }
        catch (KubeApiException error) when (error.IsAlreadyExists)
        {
            // The answer to an earlier try was lost.
        }
    }

    /// <summary>Events live for an hour: one that is gone is made again.</summary>
    public async Task UpdateAsync(Event what, CancellationToken cancellation)
    {
        try
        {
            Patch patch = Patch.Merge(new Event { Metadata = new ObjectMeta(), Series = what.Series }, Event.JsonTypeInfo);
            await client.Resource<Event>(what.Metadata.Namespace).PatchAsync(what.Metadata.Name!, patch, cancellation);
        }
        catch (KubeApiException error) when (error.IsNotFound)
        {
            await CreateAsync(what, cancellation);
        }
    }
}
