using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Connecting;
using AgentOperator.Cli.Following;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;
using Spectre.Console;

namespace AgentOperator.Cli.Tree;

/// <summary>Follows a run to its end: one changing picture on a terminal, a line for each change elsewhere, one JSON document for each change with <c>-o json</c>.</summary>
internal sealed class TreeWatch(Cluster cluster, Terminal terminal, TimeProvider time)
{
    // Times on the screen go on between changes.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>0 when the run succeeded.</summary>
    public async Task<int> RunAsync(string name, bool isJson, CancellationToken cancellation)
    {
        WorkflowFamily ended = (isJson, terminal.IsRich) switch
        {
            (true, _) => await FollowAsync(name, family => JsonText.Write(terminal, RunViewReader.Read(family)), cancellation),
            (_, true) => await PaintAsync(name, cancellation),
            _ => await FollowAsync(name, new ChangeLines(terminal).Tell, cancellation),
        };
        if (!isJson)
        {
            terminal.Write(RunLines.Of(RunViewReader.Read(ended), terminal.IsRich, time.GetUtcNow()));
        }

        return ended.Root.Status?.Phase == WorkflowPhases.Succeeded && !RunState.IsStalled(ended.Root) ? ExitCodes.Ok : ExitCodes.No;
    }

    private async Task<WorkflowFamily> FollowAsync(string name, Action<WorkflowFamily> show, CancellationToken cancellation)
    {
        await foreach (WorkflowFamily family in new RunFollower(cluster, terminal, time).FollowAsync(name, cancellation))
        {
            show(family);
            if (family.IsEnded)
            {
                return family;
            }
        }

        throw new InvalidOperationException("A watch has no end of its own.");
    }

    private async Task<WorkflowFamily> PaintAsync(string name, CancellationToken cancellation) =>
        await RichText.ConsoleOf(terminal).Live(new Text("")).AutoClear(true).StartAsync(async live =>
        {
            WorkflowFamily? shown = null;
            Task<WorkflowFamily> following = FollowAsync(name, family => Paint(live, shown = family), cancellation);
            using PeriodicTimer timer = new(Tick, time);
            while (await Task.WhenAny(following, timer.WaitForNextTickAsync(cancellation).AsTask()) != following)
            {
                if (shown is not null)
                {
                    Paint(live, shown);
                }
            }

            return await following;
        });

    private void Paint(LiveDisplayContext live, WorkflowFamily family)
    {
        lock (live)
        {
            live.UpdateTarget(RichText.Of(RunLines.Fit(RunViewReader.Read(family), isRich: true, time.GetUtcNow(), terminal.Height() - 2), terminal.Width()));
        }
    }
}
