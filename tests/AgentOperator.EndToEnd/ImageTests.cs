using System.Diagnostics;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>The Dockerfile without a Docker engine: its build stage is carried out step by step in a folder.</summary>
[Trait("Cluster", "local")]
public sealed class ImageTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("image-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task What_the_build_stages_copy_is_enough_to_publish_an_operator_and_an_agent_runtime_that_start()
    {
        string source = Path.Combine(_root, "src");
        foreach (string[] instruction in Stage("build").Concat(Stage("build-runtime")))
        {
            switch (instruction)
            {
                case ["COPY", .. string[] sources, string target]:
                    foreach (string path in sources)
                    {
                        Copy(Repository.PathTo(path), Path.Combine(source, target == "./" ? path : target));
                    }

                    break;
                case ["RUN", "dotnet", .. string[] arguments]:
                    await RunAsync(source, [.. arguments.Select(argument => argument.StartsWith('/') ? _root + argument : argument)]);
                    break;
            }
        }

        (await HelpAsync("operator")).ShouldContain("--leader-elect");
        (await HelpAsync("agent-runtime")).ShouldContain("serve");
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("agent-runtime")]
    [InlineData("samples")]
    public void An_image_runs_as_a_number_that_is_not_root_so_that_runAsNonRoot_can_be_checked(string stage)
    {
        string user = Stage(stage).Last(static instruction => instruction[0] == "USER")[1];
        int.Parse(user.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }

    /// <summary>What a stage's program says of itself, run from where its build stage put it.</summary>
    private async Task<string> HelpAsync(string stage)
    {
        string[][] instructions = [.. Stage(stage)];
        string[] entry = [.. instructions.Single(static instruction => instruction[0] == "ENTRYPOINT").Skip(1).Select(static word => word.Trim('[', ']', ',', '"'))];
        entry[0].ShouldBe("dotnet");
        entry[1].ShouldStartWith("/app/");
        string published = _root + instructions.Single(static instruction => instruction is ["COPY", ..] && instruction[1].StartsWith("--from=", StringComparison.Ordinal))[2];
        return await RunAsync(published, [Path.Combine(published, Path.GetFileName(entry[1])), "--help"]);
    }

    /// <summary>The words of each instruction of a stage.</summary>
    private static IEnumerable<string[]> Stage(string name) =>
        File.ReadLines(Repository.PathTo("Dockerfile"))
            .Where(static line => line.Length > 0 && line[0] != '#')
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .SkipWhile(words => words[0] != "FROM" || words[^1] != name)
            .Skip(1)
            .TakeWhile(static words => words[0] != "FROM");

    private static void Copy(string from, string to)
    {
        if (File.Exists(from))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
            return;
        }

        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }

    private static async Task<string> RunAsync(string folder, string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };

        // What the test runner's own build has set would be taken for this one's.
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, output + await error);
        return output;
    }
}
