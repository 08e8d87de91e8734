using System.Diagnostics;
using System.Text;
using AgentOperator.Testing;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Cli;

/// <summary><c>kubectl agents</c> as people run it, with its output as it comes.</summary>
internal sealed class CliProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly SemaphoreSlim _more = new(0);

    private CliProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(_error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "kubectl-agents");

    /// <summary>Starts the program in the namespace of a test.</summary>
    public static CliProcess Start(ClusterFixture cluster, TestNamespace ns, params string[] arguments)
    {
        ProcessStartInfo start = new(Program, [.. arguments, "--namespace", ns.Name])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.Environment["KUBECONFIG"] = cluster.AdminKubeConfigPath;
        Process process = Process.Start(start) ?? throw new ToolException($"{Program} could not be started.");
        process.StandardInput.Close();
        return new CliProcess(process);
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(ClusterFixture cluster, TestNamespace ns, params string[] arguments)
    {
        await using CliProcess process = Start(cluster, ns, arguments);
        return await process.EndAsync();
    }

    /// <summary>Completes once the output holds a text.</summary>
    public async Task UntilAsync(string text)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Limits.Patience);
        while (!Text(_output).Contains(text, StringComparison.Ordinal))
        {
            try
            {
                await _more.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException error) when (patience.IsCancellationRequested)
            {
                throw new ToolException($"\"{text}\" did not come; there is:\n{Text(_output)}\n{Text(_error)}", error);
            }
        }
    }

    public async Task<(int Code, string Output, string Error)> EndAsync()
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Limits.Patience);
        await _process.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, Text(_output), Text(_error));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _more.Dispose();
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private void Add(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }

            _more.Release();
        }
    }
}
