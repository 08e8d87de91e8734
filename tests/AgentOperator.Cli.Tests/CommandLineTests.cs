namespace AgentOperator.Cli.Tests;

/// <summary>What is said to a command line that cannot be understood.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--watch follows one run: name the Workflow", "tree", "--watch")]
    [InlineData("--all-namespaces lists Workflows", "tree", "w", "-A")]
    [InlineData("--failed and --from exclude each other", "rerun", "w", "--failed", "--from", "a")]
    [InlineData("--for takes succeeded, end, gate, phase=PHASE or step=NAME, not \"phase=Done\"", "wait", "w", "--for", "phase=Done")]
    [InlineData("\"5\" is not a duration: write it as 90s, 10m or 1h30m", "wait", "w", "--timeout", "5")]
    [InlineData("'json'", "tree", "-o", "yaml")]
    [InlineData("WORKFLOW", "cancel")]
    [InlineData("command", "fly")]
    public async Task A_wrong_argument_is_one_line_and_exit_code_2(string expected, params string[] arguments)
    {
        (int code, string output, string error) = await CommandLine.RunAsync("", arguments);

        code.ShouldBe(ExitCodes.Usage);
        output.ShouldBeEmpty();
        error.ShouldContain(expected);
        error.ShouldStartWith("kubectl-agents: ");
        error.ShouldContain("--help");
        error.TrimEnd().ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_cluster_that_cannot_be_found_is_one_line_and_exit_code_3()
    {
        (int code, _, string error) = await CommandLine.RunAsync("", "tree", "--kubeconfig", "/nowhere/config");

        code.ShouldBe(ExitCodes.Failed);
        error.ShouldBe($"kubectl-agents: No kubeconfig at /nowhere/config: set KUBECONFIG, pass --kubeconfig, or run inside a cluster.{Environment.NewLine}");
    }

    [Fact]
    public async Task Each_command_says_what_it_does()
    {
        (int code, string help, _) = await CommandLine.RunAsync("", "--help");

        code.ShouldBe(ExitCodes.Ok);
        foreach (string command in (string[])["tree", "logs", "wait", "rerun", "cancel", "suspend", "resume", "lint", "graph", "version", "approvals", "approve", "reject"])
        {
            help.ShouldMatch($@"\n  {command} .*[A-Z].*\.");
        }

        help.ShouldNotContain("__complete");
    }

    [Fact]
    public async Task Kubectl_can_ask_what_comes_next()
    {
        (_, string commands, _) = await CommandLine.RunAsync("", "__complete", "--", "re");
        commands.ReplaceLineEndings("\n").Split('\n').Select(static line => line.Split('\t')[0]).ShouldBe(["reject", "rerun", "resume", ":4", ""]);

        (_, string options, _) = await CommandLine.RunAsync("", "__complete", "--", "cancel", "w", "--imm");
        options.ShouldStartWith("--immediate\t");
    }
}
