using AgentOperator.Api.Workflows;
using AgentOperator.Kube;

namespace AgentOperator.Cli.Connecting;

/// <summary>A connection, and the namespace that commands work in.</summary>
internal sealed class Cluster(KubeClient client, string ns, Uri server) : IDisposable
{
    public KubeClient Client => client;

    public string Namespace => ns;

    public Uri Server => server;

    public ResourceClient<Workflow> Workflows => client.Resource<Workflow>(ns);

    /// <exception cref="CliException">There is none of this name.</exception>
    public async Task<Workflow> WorkflowAsync(string name, CancellationToken cancellation) =>
        await Workflows.FindAsync(name, cancellation) ?? throw Missing(name);

    public CliException Missing(string workflow) => new($"there is no Workflow {workflow} in namespace {ns}: kubectl agents tree lists those that are there");

    public void Dispose() => client.Dispose();
}
