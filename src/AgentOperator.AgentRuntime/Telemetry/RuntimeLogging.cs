using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AgentOperator.AgentRuntime.Telemetry;

/// <summary>One JSON line an event on standard error, with the trace id.</summary>
internal static class RuntimeLogging
{
    public static void Add(ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // It only makes a scope and an activity for each request, which nothing reads; errors of requests are Kestrel's to log.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddFilter("ModelContextProtocol", LogLevel.None);
        logging.AddFilter("System.Net.Http", LogLevel.None);
        logging.Configure(static options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        logging.AddJsonConsole(static console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            console.IncludeScopes = true;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
