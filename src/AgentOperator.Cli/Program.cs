using AgentOperator.Cli;
using AgentOperator.Cli.Output;

return await new CliCommand(Terminal.OfProcess(), TimeProvider.System).RunAsync(args);
