using System.CommandLine;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Connecting;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;
using AgentOperator.Kube;

namespace AgentOperator.Cli.Tree;

/// <summary><c>tree</c>: a run as the graph of its steps, or the list of Workflows.</summary>
internal static class TreeCommand
{
    public static Command Create(ClusterOptions connection, Terminal terminal, TimeProvider time)
    {
        Argument<string?> name = new("WORKFLOW") { Description = "Name of the Workflow; without it, all are listed", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> watch = new("--watch", "-w") { Description = "Follow the run until it ends" };
        Option<bool> all = new("--all-namespaces", "-A") { Description = "List the Workflows of all namespaces" };
        OutputFormat format = new();
        Command command = new("tree", "Show a run as the graph of its steps: phases, attempts, times, cost, and why a step waits and until when.") { name, watch, all, format.Option };
        command.Validators.Add(result =>
        {
            bool isNamed = result.GetValue(name) is not null;
            if (result.GetValue(watch) && !isNamed)
            {
                result.AddError("--watch follows one run: name the Workflow.");
            }

            if (result.GetValue(all) && isNamed)
            {
                result.AddError("--all-namespaces lists Workflows: leave out the name, or use --namespace.");
            }
        });
        command.SetAction(async (arguments, cancellation) =>
        {
            using Cluster cluster = connection.Open(arguments);
            if (arguments.GetValue(name) is not { } workflow)
            {
                return await ListAsync(arguments.GetValue(all) ? cluster.Client.Resource<Workflow>() : cluster.Workflows, format.IsJson(arguments), terminal, time, cancellation);
            }

            Workflow found = await cluster.WorkflowAsync(workflow, cancellation);
            if (arguments.GetValue(watch))
            {
                return await new TreeWatch(cluster, terminal, time).RunAsync(workflow, format.IsJson(arguments), cancellation);
            }

            RunView run = RunViewReader.Read(await WorkflowFamily.ReadAsync(cluster, found, cancellation));
            if (format.IsJson(arguments))
            {
                JsonText.Write(terminal, run);
            }
            else
            {
                terminal.Write(RunLines.Of(run, terminal.IsRich, time.GetUtcNow()));
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<int> ListAsync(ResourceClient<Workflow> workflows, bool isJson, Terminal terminal, TimeProvider time, CancellationToken cancellation)
    {
        KubeList<Workflow> list = await workflows.ListAsync(new ListOptions(), cancellation);
        IReadOnlyList<RunView> runs = RunList.Sort(list.Items.Select(static workflow => RunViewReader.Read(new WorkflowFamily(workflow, new Dictionary<string, Workflow>()))));
        if (isJson)
        {
            JsonText.Write(terminal, runs);
        }
        else if (runs.Count == 0)
        {
            terminal.Warn(workflows.Namespace is { } ns ? $"There are no Workflows in namespace {ns}." : "There are no Workflows.");
        }
        else
        {
            terminal.Write(RunList.Lines(runs, workflows.Namespace is null, time.GetUtcNow()));
        }

        foreach (UnreadableObject unreadable in list.Unreadable)
        {
            terminal.Warn($"warning: {unreadable.Metadata.Name} cannot be read: {unreadable.Problem}");
        }

        return ExitCodes.Ok;
    }
}
