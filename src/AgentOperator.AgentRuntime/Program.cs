using System.CommandLine;
using AgentOperator.AgentRuntime.Hosting;

// The default of two seconds would cut short calls that are under way.
return await RuntimeCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
