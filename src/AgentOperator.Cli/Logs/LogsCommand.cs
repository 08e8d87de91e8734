using System.CommandLine;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Connecting;
using AgentOperator.Cli.Control;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Cli.Logs;

/// <summary><c>logs</c>: what the steps of a run print.</summary>
internal static class LogsCommand
{
    public static Command Create(ClusterOptions connection, Terminal terminal, TimeProvider time)
    {
        Argument<string> name = WorkflowArgument.Create();
        Argument<string?> step = new("STEP") { Description = "One step only", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> follow = new("--follow", "-f") { Description = "Go on over steps and attempts until the run ends; pods may come later" };
        Option<long?> run = new("--run") { Description = "Number of the run. Default: the current one", HelpName = "N" };
        Option<string?> container = new("--container", "-c") { Description = "Container. Default: the one that does the step's work", HelpName = "NAME" };
        Option<int?> tail = new("--tail") { Description = "So many lines of each pod at the end", HelpName = "N" };
        Option<TimeSpan?> since = new("--since") { Description = "Only lines that are newer, such as 10m", HelpName = "DURATION", CustomParser = Durations.Parse };
        Option<bool> timestamps = new("--timestamps") { Description = "Print each line's time" };
        Option<bool> bare = new("--no-prefix") { Description = "Print lines without the name of their step" };
        OutputFormat format = new();
        Command command = new("logs", "Print what the steps of a run print, each line with its step; [3] is an item, #2 a second attempt.") { name, step, follow, run, container, tail, since, timestamps, bare, format.Option };
        command.SetAction(async (arguments, cancellation) =>
        {
            using Cluster cluster = connection.Open(arguments);
            LogRequest request = new()
            {
                Workflow = arguments.GetValue(name)!,
                Step = arguments.GetValue(step),
                Run = arguments.GetValue(run),
                Container = arguments.GetValue(container),
                Tail = arguments.GetValue(tail),
                Since = arguments.GetValue(since),
                Timestamps = arguments.GetValue(timestamps),
                HasPrefix = !arguments.GetValue(bare),
                IsJson = format.IsJson(arguments),
            };
            Workflow workflow = await cluster.WorkflowAsync(request.Workflow, cancellation);
            WorkflowFamily family = await WorkflowFamily.ReadAsync(cluster, workflow, cancellation);
            if (request.Step is { } wanted && request.Run is null && RunSteps.All(family.Root).All(known => known.Name != wanted))
            {
                throw new CliException($"{request.Workflow} has no step {wanted}; it has {string.Join(", ", RunSteps.All(family.Root).Select(static known => known.Name))}");
            }

            if (arguments.GetValue(follow))
            {
                await new LogFollower(cluster, terminal, request, time).RunAsync(cancellation);
            }
            else
            {
                await PrintAsync(cluster, family, request, terminal, time, cancellation);
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task PrintAsync(Cluster cluster, WorkflowFamily family, LogRequest request, Terminal terminal, TimeProvider time, CancellationToken cancellation)
    {
        LogPrinter printer = new(terminal, request);
        PodLog log = new(cluster, printer, request, time);
        bool isAny = false;
        foreach (StepPods pods in StepPods.Of(family, request))
        {
            foreach (Pod pod in (await cluster.Client.Resource<Pod>(cluster.Namespace).ListAsync(pods.Filter, cancellation)).Items.OrderBy(static pod => pod.Metadata.CreationTimestamp?.Value))
            {
                isAny = true;
                string? container = PodName.Container(pod, request.Container);
                if (PodName.HasStarted(pod, container))
                {
                    await log.PrintAsync(pod, pods.Path, follow: false, cancellation);
                }
                else
                {
                    printer.Warn(PodName.Of(pod, pods.Path), PodName.Waiting(pod, container));
                }
            }
        }

        if (!isAny)
        {
            terminal.Warn(RunState.IsEnded(family.Root)
                ? $"There are no pods of this run of {request.Workflow}: its Jobs were deleted, or nothing was started."
                : $"There are no pods yet: kubectl agents logs {request.Workflow} --follow waits for them.");
        }
    }
}
