using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Patching;

namespace AgentOperator.Workflows.Triggers.Children;

/// <summary>Ends Workflows that another one made.</summary>
[RequiresAccess<Workflow>(Verbs.Delete, Verbs.Patch)]
internal sealed class WorkflowStopper(KubeClient client)
{
    /// <summary>Asks for the end of a run; nothing when the Workflow is gone, or is another one by now.</summary>
    public async Task CancelAsync(string ns, string name, string uid, string request, CancellationToken cancellation)
    {
        JsonObject patch = new() { ["metadata"] = new JsonObject { ["uid"] = uid, ["annotations"] = new JsonObject { [RequestAnnotations.Cancel] = request } } };
        try
        {
            await client.Resource<Workflow>(ns).PatchAsync(name, Patch.Merge(JsonSerializer.SerializeToUtf8Bytes(patch, OperatorJsonContext.Default.JsonNode)), cancellation);
        }
        catch (KubeApiException error) when (error.IsNotFound || error.IsConflict)
        {
            // What was to be cancelled is not there any more.
        }
    }

    /// <summary>Deletes one as it was seen; a change since then, such as a rerun, keeps it.</summary>
    public async Task DeleteAsync(string ns, string name, string? uid, string? resourceVersion, CancellationToken cancellation)
    {
        try
        {
            await client.Resource<Workflow>(ns).DeleteAsync(name, new DeleteOptions { Uid = uid, ResourceVersion = resourceVersion }, cancellation);
        }
        catch (KubeApiException error) when (error.IsConflict)
        {
            // Its event decides anew.
        }
    }
}
