using System.Collections.Concurrent;
using AgentOperator.AgentRuntime.Tests.Hosting;
using AgentOperator.Testing;
using Microsoft.Extensions.Logging;

namespace AgentOperator.AgentRuntime.Tests.Telemetry;

public sealed class LogTests
{
    [Fact(Timeout = Limits.Hang)]
    public async Task Prompts_answers_and_secrets_are_in_no_log()
    {
        Lines lines = new();
        FakeModel model = new((fake, _) => fake.Requests.Count == 2 ? throw new InvalidOperationException("answer-secret") : Task.FromResult(FakeModel.Says("answer-secret")));
        await using RunningAgent agent = await RunningAgent.StartAsync(
            model,
            RunningAgent.Config(""" "tools":[{"name":"gone","url":"http://127.0.0.1:1/mcp","headers":[{"name":"Authorization","variable":"T"}]}] """),
            static name => name == "T" ? "header-secret" : null,
            logging: builder => builder.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(lines));
        await agent.CallAsync("say", "\"input-secret\"");
        await agent.CallAsync("say", "\"input-secret\"");
        lines.All.ShouldContain(static line => line.Contains("Skill say ended: Completed", StringComparison.Ordinal));
        lines.All.ShouldContain(static line => line.Contains("Skill say ended: ModelsUnavailable", StringComparison.Ordinal));
        string.Join('\n', lines.All).ShouldNotContain("-secret");
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
