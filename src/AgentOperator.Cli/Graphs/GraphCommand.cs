using System.CommandLine;
using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Connecting;
using AgentOperator.Cli.Linting;
using AgentOperator.Cli.Linting.Sources;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;

namespace AgentOperator.Cli.Graphs;

/// <summary><c>graph</c>: a Workflow as a Mermaid flowchart, from a file or with the phases of its run.</summary>
internal static class GraphCommand
{
    public static Command Create(ClusterOptions connection, Terminal terminal)
    {
        Argument<string> source = new("SOURCE") { Description = "A YAML file, - for the standard input, or the name of a Workflow in the cluster", HelpName = "FILE|WORKFLOW" };
        Option<string> direction = new("--direction") { Description = "TD: from the top down, LR: from left to right", HelpName = "TD|LR", DefaultValueFactory = static _ => "TD" };
        direction.AcceptOnlyFromAmong("TD", "LR");
        Command command = new("graph", "Print a Workflow as a Mermaid flowchart, with the phases of its run when it is in the cluster.") { source, direction };
        command.SetAction(async (arguments, cancellation) =>
        {
            string name = arguments.GetValue(source)!;
            foreach (Workflow workflow in IsFile(name) ? FromFile(name, terminal.In) : [await FromClusterAsync(name)])
            {
                terminal.Out.Write(Mermaid.Of(workflow, arguments.GetValue(direction)!));
            }

            return ExitCodes.Ok;

            async Task<Workflow> FromClusterAsync(string workflow)
            {
                using Cluster cluster = connection.Open(arguments);
                return await new RunSpecReader(cluster).FillAsync(await cluster.WorkflowAsync(workflow, cancellation), cancellation);
            }
        });
        return command;
    }

    private static bool IsFile(string name) => name == "-" || File.Exists(name) || name.Contains('/', StringComparison.Ordinal) || Path.GetExtension(name) is ".yaml" or ".yml" or ".json";

    private static List<Workflow> FromFile(string name, TextReader input)
    {
        try
        {
            using StreamReader? file = name == "-" ? null : File.OpenText(name);
            List<Workflow> workflows = [.. SourceReader.Read(file ?? input).Where(static root => ObjectLint.IsOurs(root) && root.TextOf("kind") == "Workflow").Select(static root => Workflow(root))];
            return workflows.Count > 0 ? workflows : throw new CliException($"there is no Workflow in {name}");
        }
        catch (SourceException error)
        {
            throw new CliException($"{name}:{error.At.Line}:{error.At.Column}: {error.Message}");
        }
        catch (JsonException)
        {
            throw new CliException($"{name} is no Workflow that can be drawn: kubectl agents lint {name} says why");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{name} cannot be read: {error.Message}");
        }
    }

    private static Workflow Workflow(SourceNode root) => JsonSerializer.Deserialize(root.ToUtf8Json(), ApiJsonContext.Default.Workflow) ?? throw new JsonException();
}
