using System.CommandLine;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Connecting;
using AgentOperator.Cli.Output;
using AgentOperator.Kube;

namespace AgentOperator.Cli.Approvals;

/// <summary><c>approvals</c>: the gates that wait for people.</summary>
internal static class ApprovalsCommand
{
    public static Command Create(ClusterOptions connection, Terminal terminal, TimeProvider time)
    {
        Option<bool> all = new("--all-namespaces", "-A") { Description = "Gates of all namespaces" };
        OutputFormat format = new();
        Command command = new("approvals", "List the gates that wait for people: what for, how many have approved, since when and until when.") { all, format.Option };
        command.SetAction(async (arguments, cancellation) =>
        {
            using Cluster cluster = connection.Open(arguments);
            bool isAll = arguments.GetValue(all);
            KubeList<Workflow> list = await (isAll ? cluster.Client.Resource<Workflow>() : cluster.Workflows).ListAsync(new ListOptions(), cancellation);
            IReadOnlyList<GateView> gates = GateList.Sort(list.Items.SelectMany(OpenGate.Of).Select(GateView.Of));
            if (format.IsJson(arguments))
            {
                JsonText.Write(terminal, gates);
            }
            else if (gates.Count == 0)
            {
                terminal.Warn(isAll ? "No gate is open." : $"No gate is open in namespace {cluster.Namespace}.");
            }
            else
            {
                terminal.Write(GateList.Lines(gates, isAll, time.GetUtcNow()));
            }

            return ExitCodes.Ok;
        });
        return command;
    }
}
