using System.Diagnostics.Metrics;

namespace AgentOperator.Kube.Metrics;

/// <summary>Counts what is sent to the API server, each repetition by itself, under client-go's names.</summary>
public static class RequestMetrics
{
    public const string Meter = "AgentOperator.Kube";

    /// <summary>Counter by <see cref="Code"/>, <see cref="Method"/> and <see cref="Host"/>.</summary>
    public const string Requests = "rest_client_requests_total";

    /// <summary>Label: the status code, or <see cref="NoAnswer"/>.</summary>
    public const string Code = "code";

    /// <summary>Label: the HTTP method.</summary>
    public const string Method = "method";

    /// <summary>Label: host and port of the server.</summary>
    public const string Host = "host";

    /// <summary>The code of a request that was not answered.</summary>
    public const string NoAnswer = "<error>";

    private static readonly Meter Source = new(Meter);
    private static readonly Counter<long> Sent = Source.CreateCounter<long>(Requests, description: "Number of HTTP requests, partitioned by status code, method, and host.");

    internal static void Count(string code, string method, string host) =>
        Sent.Add(1, new KeyValuePair<string, object?>(Code, code), new(Method, method), new(Host, host));
}
