using System.Diagnostics;

namespace AgentOperator.Tooling;

/// <summary>kubectl against one cluster.</summary>
public sealed class Kubectl(string program, string kubeConfig)
{
    /// <summary>Who is the operator, as config/admission has it.</summary>
    private const string Operator = "request.userInfo.username in ['system:serviceaccount:agentoperator-system:agentoperator']";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The program itself.</summary>
    public string Program => program;

    /// <summary>The kubectl on PATH.</summary>
    /// <exception cref="ToolException">There is none.</exception>
    public static string FindOnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(static folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists)
        ?? throw new ToolException("kubectl is not on PATH: install it.");

    /// <summary>Runs kubectl and returns what it printed.</summary>
    /// <exception cref="ToolException">It failed; the message is its own.</exception>
    public async Task<string> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        (int code, string output, string error) = await TryAsync(cancellation, arguments);

        // A server that has just got a kind, or a policy that changes its objects, says so itself.
        long start = TimeProvider.System.GetTimestamp();
        while (code != 0 && error.Contains("There can be a delay between", StringComparison.Ordinal) && TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(Pause, TimeProvider.System, cancellation);
            (code, output, error) = await TryAsync(cancellation, arguments);
        }

        return code == 0 ? output : throw new ToolException($"kubectl {string.Join(' ', arguments)} failed: {error.Trim()}");
    }

    /// <summary>Runs kubectl and returns its exit code and what it printed.</summary>
    public async Task<(int Code, string Output, string Error)> TryAsync(CancellationToken cancellation, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["KUBECONFIG"] = kubeConfig;
        using Process process = Process.Start(start) ?? throw new ToolException($"{program} could not be started.");
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Installs the custom resources and waits until the server serves them.</summary>
    public async Task InstallAsync(CancellationToken cancellation)
    {
        string crds = Repository.PathTo("config", "crd");
        await RunAsync(cancellation, "apply", "--server-side", "-f", crds);

        // A definition without a status yet ends the wait with an error, and an established one may not be served for a moment.
        await UntilAsync(cancellation, "wait", "--for=condition=Established", "--timeout=30s", "-f", crds);
        await UntilAsync(cancellation, "get", "agentoperator", "--all-namespaces");
        await UntilTakenAsync(cancellation);
    }

    /// <summary>Applies are taken a little after the kinds are served: the server, and its policies that change objects, have to know the fields first.</summary>
    private Task UntilTakenAsync(CancellationToken cancellation) =>
        UntilAsync(cancellation, "apply", "--server-side", "--dry-run=server", "--namespace", "default", "-f", Repository.PathTo("examples", "code-review"));

    /// <summary>Runs kubectl again and again until it succeeds; its last word when it does not in half a minute.</summary>
    private async Task UntilAsync(CancellationToken cancellation, params string[] arguments)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            (int code, _, string error) = await TryAsync(cancellation, arguments);
            if (code == 0)
            {
                return;
            }

            if (TimeProvider.System.GetElapsedTime(start) > Patience)
            {
                throw new ToolException($"kubectl {string.Join(' ', arguments)} failed: {error.Trim()}");
            }

            await Task.Delay(Pause, TimeProvider.System, cancellation);
        }
    }

    /// <summary>Installs the admission policies, with the user of this kubeconfig as one more operator: that is who runs it from outside the cluster.</summary>
    /// <param name="alsoOperator">CEL that is true for further accounts which are operators.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task InstallPoliciesAsync(string? alsoOperator, CancellationToken cancellation)
    {
        string user = await RunAsync(cancellation, "auth", "whoami", "-o", "jsonpath={.status.userInfo.username}");
        string all = $"{Operator} || request.userInfo.username == '{user}'{(alsoOperator is null ? "" : $" || {alsoOperator}")}";
        await ApplyAsync("admission", text => text.Replace($"expression: {Operator}", $"expression: \"{all}\"", StringComparison.Ordinal), cancellation);
        if ((await RunAsync(cancellation, "api-resources", "--api-group=admissionregistration.k8s.io", "-o", "name")).Contains("mutatingadmissionpolicies", StringComparison.Ordinal))
        {
            await ApplyAsync("authors", static text => text, cancellation);
        }

        await UntilTakenAsync(cancellation);
    }

    private async Task ApplyAsync(string config, Func<string, string> change, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("config-").FullName;
        try
        {
            foreach (string file in Directory.EnumerateFiles(Repository.PathTo("config", config), "*.yaml"))
            {
                await File.WriteAllTextAsync(Path.Combine(folder, Path.GetFileName(file)), change(await File.ReadAllTextAsync(file, cancellation)), cancellation);
            }

            await RunAsync(cancellation, "apply", "--server-side", "-f", folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
