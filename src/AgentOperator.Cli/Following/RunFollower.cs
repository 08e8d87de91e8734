using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Connecting;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;
using AgentOperator.Kube;

namespace AgentOperator.Cli.Following;

/// <summary>A Workflow and the Workflows that it runs as steps, at every change of any of them.</summary>
internal sealed class RunFollower(Cluster cluster, Terminal terminal, TimeProvider time)
{
    private readonly RunSpecReader _specs = new(cluster);
    private readonly Dictionary<string, Workflow> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _followed = new(StringComparer.Ordinal);
    private readonly Channel<(string Name, Workflow? Workflow)> _changes = Channel.CreateUnbounded<(string, Workflow?)>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>The family at each change, from its present state on; ends only by an exception or by who reads it.</summary>
    /// <exception cref="CliException">The Workflow is not there, or no longer.</exception>
    public async IAsyncEnumerable<WorkflowFamily> FollowAsync(string name, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        List<Task> following = [];
        Follow(name);
        try
        {
            await foreach ((string changed, Workflow? workflow) in _changes.Reader.ReadAllAsync(cancellation))
            {
                if (workflow is null)
                {
                    _known.Remove(changed);
                    if (changed == name)
                    {
                        throw new CliException($"the Workflow {name} was deleted");
                    }
                }
                else
                {
                    _known[changed] = await _specs.FillAsync(workflow, cancellation);
                    foreach (string child in WorkflowFamily.ChildrenOf(_known[changed]))
                    {
                        Follow(child);
                    }
                }

                if (_known.TryGetValue(name, out Workflow? root))
                {
                    yield return new WorkflowFamily(root, new Dictionary<string, Workflow>(_known, StringComparer.Ordinal));
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(following).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        void Follow(string workflow)
        {
            if (_followed.Add(workflow))
            {
                following.Add(RunAsync(workflow, stop.Token));
            }
        }
    }

    private async Task RunAsync(string name, CancellationToken cancellation)
    {
        ListOptions filter = new() { FieldSelector = $"metadata.name={name}" };
        ObjectFollower<Workflow> follower = new(cluster.Workflows, filter, time, message => terminal.Warn($"warning: {message}"));
        try
        {
            await follower.RunAsync((changed, workflow) => _changes.Writer.TryWrite((changed, workflow)), cancellation);
        }
        catch (Exception error)
        {
            _changes.Writer.TryComplete(error);
        }
    }
}
