using System.Globalization;

namespace AgentOperator.Tracing;

/// <summary>Where spans go, by OpenTelemetry's standard variables (OTLP exporter specification).</summary>
/// <param name="Url">The endpoint of traces.</param>
/// <param name="IsGrpc">gRPC rather than HTTP with protobuf.</param>
/// <param name="Headers">Headers of each request, credentials among them.</param>
/// <param name="Timeout">Longest time of one request.</param>
internal sealed record OtlpTarget(Uri Url, bool IsGrpc, IReadOnlyList<KeyValuePair<string, string>> Headers, TimeSpan Timeout)
{
    private const string GrpcPath = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The target, or null when no endpoint is set.</summary>
    /// <exception cref="FormatException">A variable cannot be read; the message names it.</exception>
    public static OtlpTarget? Read(Func<string, string?> variable)
    {
        string? traces = Given(variable, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
        string? all = Given(variable, "OTEL_EXPORTER_OTLP_ENDPOINT");
        if ((traces ?? all) is not { } endpoint || string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase) || variable("OTEL_TRACES_EXPORTER") == "none")
        {
            return null;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw new FormatException($"{(traces is null ? "OTEL_EXPORTER_OTLP_ENDPOINT" : "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")} must be an http or https address, such as http://collector:4318");
        }

        string protocol = Given(variable, "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") ?? Given(variable, "OTEL_EXPORTER_OTLP_PROTOCOL") ?? "http/protobuf";
        bool isGrpc = protocol switch
        {
            "grpc" => true,
            "http/protobuf" => false,
            _ => throw new FormatException($"OTEL_EXPORTER_OTLP_PROTOCOL must be grpc or http/protobuf; it is \"{protocol}\""),
        };

        // The endpoint of one signal is taken as it is; the general one is a base.
        Uri target = isGrpc ? new Uri(url, GrpcPath) : traces is not null ? url : new Uri(url.ToString().TrimEnd('/') + "/v1/traces");
        return new OtlpTarget(target, isGrpc, HeadersOf(Given(variable, "OTEL_EXPORTER_OTLP_TRACES_HEADERS") ?? Given(variable, "OTEL_EXPORTER_OTLP_HEADERS")), TimeoutOf(Given(variable, "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT") ?? Given(variable, "OTEL_EXPORTER_OTLP_TIMEOUT")));
    }

    /// <summary>Credentials are not for logs.</summary>
    public override string ToString() => Url.GetLeftPart(UriPartial.Path);

    private static string? Given(Func<string, string?> variable, string name) => variable(name) is { Length: > 0 } text ? text : null;

    private static IReadOnlyList<KeyValuePair<string, string>> HeadersOf(string? text) =>
    [
        .. (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(static pair => pair.Split('=', 2, StringSplitOptions.TrimEntries))
            .Select(static pair => pair is [{ Length: > 0 } name, { } value]
                ? KeyValuePair.Create(name, Uri.UnescapeDataString(value))
                : throw new FormatException("OTEL_EXPORTER_OTLP_HEADERS must be name=value pairs with commas between them")),
    ];

    private static TimeSpan TimeoutOf(string? text) => text is null ? DefaultTimeout
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds) && milliseconds > 0 ? TimeSpan.FromMilliseconds(milliseconds)
        : throw new FormatException("OTEL_EXPORTER_OTLP_TIMEOUT must be a whole number of milliseconds");
}
