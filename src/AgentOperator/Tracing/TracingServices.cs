using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Tracing;

/// <summary>Registers traces.</summary>
internal static class TracingServices
{
    private const string ServiceName = "OTEL_SERVICE_NAME";
    private const string Name = "agent-operator";

    public static IServiceCollection AddTracing(this IServiceCollection services, OtlpTarget? target)
    {
        services.AddSingleton(provider => new SpanExporter(target, Resource(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SpanExporter>>()));
        services.AddSingleton<ISpanSink>(static provider => provider.GetRequiredService<SpanExporter>());
        services.AddHostedService(static provider => provider.GetRequiredService<SpanExporter>());
        services.AddSingleton<RunTelling>();
        return services;
    }

    private static IReadOnlyList<KeyValuePair<string, object>> Resource() =>
    [
        new("service.name", Environment.GetEnvironmentVariable(ServiceName) is { Length: > 0 } name ? name : Name),
        new("service.instance.id", Environment.MachineName),
    ];
}
