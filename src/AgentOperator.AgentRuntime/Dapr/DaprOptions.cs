using System.Globalization;

namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>Where the sidecar is, and how long to wait for it.</summary>
internal sealed record DaprOptions
{
    private const string DefaultPort = "3500";

    private static readonly TimeSpan DefaultHealthTimeout = TimeSpan.FromSeconds(60);

    public required Uri Endpoint { get; init; }

    /// <summary>Shown to the sidecar as <c>dapr-api-token</c>; null for none.</summary>
    public string? ApiToken { get; init; }

    /// <summary>What the sidecar shows when it calls; null when it shows nothing.</summary>
    public string? AppToken { get; init; }

    /// <summary>Longest wait for the sidecar at the start.</summary>
    public TimeSpan HealthTimeout { get; init; } = DefaultHealthTimeout;

    /// <summary>Longest time of one request other than an invocation.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>DAPR_HTTP_ENDPOINT</c>, or <c>DAPR_HTTP_PORT</c> of 127.0.0.1; <c>DAPR_API_TOKEN</c>, <c>APP_API_TOKEN</c>, <c>DAPR_HEALTH_TIMEOUT</c> in seconds.</summary>
    /// <exception cref="FormatException">A variable is wrong; the message names it.</exception>
    public static DaprOptions FromEnvironment(Func<string, string?> variable)
    {
        string endpoint = Text("DAPR_HTTP_ENDPOINT") ?? $"http://127.0.0.1:{Text("DAPR_HTTP_PORT") ?? DefaultPort}";
        return new DaprOptions
        {
            Endpoint = Uri.TryCreate(endpoint.TrimEnd('/') + "/", UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
                ? uri
                : throw new FormatException($"DAPR_HTTP_ENDPOINT or DAPR_HTTP_PORT is wrong: {endpoint} is no http address"),
            ApiToken = Text("DAPR_API_TOKEN"),
            AppToken = Text("APP_API_TOKEN"),
            HealthTimeout = Text("DAPR_HEALTH_TIMEOUT") is not { } seconds ? DefaultHealthTimeout
                : double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) ? TimeSpan.FromSeconds(number)
                : throw new FormatException($"DAPR_HEALTH_TIMEOUT is wrong: {seconds} is no number of seconds"),
        };

        string? Text(string name) => variable(name) is { Length: > 0 } value ? value : null;
    }
}
