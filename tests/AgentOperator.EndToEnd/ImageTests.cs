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
    public async Task What_the_build_stage_copies_is_enough_to_publish_an_operator_that_starts()
    {
        string source = Path.Combine(_root, "src");
        string app = Path.Combine(_root, "app");
        foreach (string[] instruction in Stage("build"))
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
                    await RunAsync(source, [.. arguments.Select(argument => argument == "/app" ? app : argument)]);
                    break;
            }
        }

        string[] entry = [.. Stage("operator").Single(static instruction => instruction[0] == "ENTRYPOINT").Skip(1).Select(static word => word.Trim('[', ']', ',', '"'))];
        entry[0].ShouldBe("dotnet");
        entry[1].ShouldStartWith("/app/");

        string help = await RunAsync(app, [Path.Combine(app, Path.GetFileName(entry[1])), "--help"]);

        help.ShouldContain("--leader-elect");
    }

    [Fact]
    public void The_image_runs_as_a_number_that_is_not_root_so_that_runAsNonRoot_can_be_checked()
    {
        string user = Stage("operator").Last(static instruction => instruction[0] == "USER")[1];
        int.Parse(user.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
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
