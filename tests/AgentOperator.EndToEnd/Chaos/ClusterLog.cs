using System.Globalization;
using Microsoft.Extensions.Logging;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>Writes what the cluster says into a file: whose fault a verdict is shows there.</summary>
internal sealed class ClusterLog(string file) : ILoggerProvider
{
    private readonly StreamWriter _writer = new(file) { AutoFlush = true };

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, _writer);

    public void Dispose() => _writer.Dispose();

    private sealed class Category(string name, StreamWriter writer) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                string line = string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {logLevel} {name}: {formatter(state, exception)} {exception}");
                lock (writer)
                {
                    writer.WriteLine(line);
                }
            }
        }
    }
}
