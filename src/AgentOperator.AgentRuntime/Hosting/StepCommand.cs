using AgentOperator.AgentRuntime.Reporting;
using AgentOperator.AgentRuntime.Steps;
using AgentOperator.AgentRuntime.Telemetry;
using AgentOperator.Api.Runtime;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AgentOperator.AgentRuntime.Hosting;

/// <summary><c>agent-runtime step</c>.</summary>
internal static class StepCommand
{
    /// <summary>File of the termination message.</summary>
    public const string TerminationLogVariable = "AGENTOPERATOR_TERMINATION_LOG";

    public static Task<int> RunAsync(string taskFile, CancellationToken cancellation) => RunAsync(taskFile, Environment.GetEnvironmentVariable, TimeProvider.System, models: null, cancellation);

    /// <summary><paramref name="models"/> take the place of the task's.</summary>
    public static async Task<int> RunAsync(string taskFile, Func<string, string?> environment, TimeProvider time, IChatClient? models, CancellationToken cancellation)
    {
        string terminationLog = environment(TerminationLogVariable) is { Length: > 0 } file ? file : "/dev/termination-log";
        ResultSender sender = new(channel: null, terminationLog, time);
        List<string> problems = [];
        StepTask? task = ItemTask.Of(ConfigFiles.Read(taskFile, RuntimeJsonContext.Default.StepTask, problems), environment, problems);
        ChannelOptions? options = ChannelClient.Read(RuntimeFiles.ResultsUrlVariable, environment, problems);
        ChannelClient? channel = null;
        UsageReport? usage = null;
        try
        {
            if (problems.Count > 0)
            {
                throw new StepFailedException(string.Join("; ", problems), isFinal: true);
            }

            channel = options is null ? null : Open(options);
            sender = new ResultSender(channel, terminationLog, time);
            using ILoggerFactory loggers = LoggerFactory.Create(RuntimeLogging.Add);
            StepResult result = await new StepRunner(environment, time, loggers, models).RunAsync(task!, cancellation);
            usage = result.Usage;
            await sender.SendAsync(StepOutputs.Map(result, task!.Outputs), cancellation);
            return ExitCodes.Ok;
        }
        catch (StepFailedException error)
        {
            await FailAsync(sender, error.Message, error.Usage ?? usage);
            return error.ExitCode ?? (error.IsFinal ? ExitCodes.BadTask : ExitCodes.Failed);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await FailAsync(sender, "The step was told to stop.", usage);
            return ExitCodes.Failed;
        }
        finally
        {
            channel?.Dispose();
        }
    }

    private static ChannelClient Open(ChannelOptions options)
    {
        try
        {
            return new ChannelClient(options);
        }
        catch (FormatException error)
        {
            throw new StepFailedException(error.Message, isFinal: true);
        }
    }

    private static async Task FailAsync(ResultSender sender, string message, UsageReport? usage)
    {
        await Console.Error.WriteLineAsync($"agent-runtime: {message}");
        await sender.SayAsync(message, usage);
    }
}
