using System.CommandLine;
using AgentOperator.Configuration;

// The default of two seconds would cut short a graceful stop.
return await new OperatorCommand().Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(45) });
