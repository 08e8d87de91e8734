using AgentOperator.Cli.Output;
using AgentOperator.Testing;

namespace AgentOperator.Cli.Tests;

/// <summary>The program without its process.</summary>
internal static class CommandLine
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(string input, params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        using StringReader reader = new(input);
        int code = await new CliCommand(new Terminal { In = reader, Out = output, Error = error }, new FakeTimeProvider()).RunAsync(arguments, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
