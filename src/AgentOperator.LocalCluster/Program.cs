using System.CommandLine;
using AgentOperator.Local;
using AgentOperator.Local.Commands;

RootCommand root = new("A Kubernetes API on this machine, without containers.") { UpCommand.Create(), DownCommand.Create(), StatusCommand.Create() };
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (LocalClusterException error)
{
    await Console.Error.WriteLineAsync($"error: {error.Message}");
    return 1;
}
