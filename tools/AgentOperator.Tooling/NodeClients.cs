using System.Diagnostics;
using System.Security.Cryptography;

namespace AgentOperator.Tooling;

/// <summary>The clients of <c>tests/clients</c>: npm packages by others and the scripts that use them, installed into <c>artifacts/clients</c>.</summary>
public static class NodeClients
{
    private const int LeastVersion = 20;

    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(200);
    private static readonly string[] Manifests = ["package.json", "package-lock.json"];

    /// <summary>Why there is no Node to run them; null when there is.</summary>
    public static async Task<string?> MissingAsync(CancellationToken cancellation)
    {
        try
        {
            (int code, string output, _) = await RunAsync("node", ["--version"], Repository.Root, null, cancellation);
            return code == 0 && int.TryParse(output.TrimStart('v').Split('.')[0], out int version) && version >= LeastVersion
                ? null
                : $"Node {LeastVersion} or newer is needed for the clients of tests/clients; found: {output.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return $"Node {LeastVersion} or newer is needed for the clients of tests/clients, and node is not on PATH";
        }
    }

    /// <summary>Installs what package-lock.json names, once for each content of it.</summary>
    /// <returns>The folder with copies of the scripts.</returns>
    /// <exception cref="ToolException">npm failed; the message holds what it said.</exception>
    public static async Task<string> InstallAsync(TimeProvider time, CancellationToken cancellation)
    {
        string source = Repository.PathTo("tests", "clients");
        string target = Directory.CreateDirectory(Repository.PathTo("artifacts", "clients")).FullName;
        await using FileStream held = await LockAsync(Path.Combine(target, ".lock"), time, cancellation);
        foreach (string script in Directory.EnumerateFiles(source, "*.mjs", SearchOption.AllDirectories).Where(static path => !path.Contains("node_modules", StringComparison.Ordinal)))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, script));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(script, copy, overwrite: true);
        }

        string stamp = Path.Combine(target, ".installed");
        string content = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"), cancellation)));
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp, cancellation) == content)
        {
            return target;
        }

        foreach (string manifest in Manifests)
        {
            File.Copy(Path.Combine(source, manifest), Path.Combine(target, manifest), overwrite: true);
        }

        (int code, string output, string errors) = await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], target, null, cancellation);
        if (code != 0)
        {
            throw new ToolException($"npm ci in {target} failed:\n{output}{errors}");
        }

        await File.WriteAllTextAsync(stamp, content, cancellation);
        return target;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string program, IReadOnlyList<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellation)
    {
        ProcessStartInfo info = new(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (string argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            info.Environment[name] = value;
        }

        using Process process = Process.Start(info)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static async Task<FileStream> LockAsync(string path, TimeProvider time, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                // Another test project installs.
                await Task.Delay(LockPoll, time, cancellation);
            }
        }
    }
}
