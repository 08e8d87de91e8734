using System.Net;

namespace AgentOperator.Local.Dapr.Sidecars;

/// <summary>What a sidecar is told.</summary>
internal sealed record SidecarOptions
{
    public const int DefaultHttpPort = 3500;
    public const int DefaultPublicPort = 3501;

    public required string AppId { get; init; }

    public required string Namespace { get; init; }

    /// <summary>Where it listens, and where its app does.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port of the API; 0 for a free one.</summary>
    public int HttpPort { get; init; } = DefaultHttpPort;

    /// <summary>Port of health and metadata alone; 0 for a free one.</summary>
    public int PublicPort { get; init; } = DefaultPublicPort;

    /// <summary>0: the app takes no calls.</summary>
    public int AppPort { get; init; }

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public string AppProtocol { get; init; } = "http";

    public string? AppAddress { get; init; }

    /// <summary>What callers show in <c>dapr-api-token</c>; null: nobody needs to.</summary>
    public string? ApiToken { get; init; }

    /// <summary>What the app is shown in <c>dapr-api-token</c>.</summary>
    public string? AppToken { get; init; }

    /// <summary>Most calls to the app at once; 0 for any number.</summary>
    public int AppMaxConcurrency { get; init; }

    /// <summary>Largest body of a request, in bytes.</summary>
    public long MaxBodyBytes { get; init; } = 4 << 20;

    /// <summary>How long the API stays after the signal to end.</summary>
    public TimeSpan? BlockShutdown { get; init; }

    /// <summary>What is left to calls under way.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The secret store <c>kubernetes</c> is there by itself.</summary>
    public bool HasClusterStore { get; init; } = true;

    /// <summary>Variables of the sidecar's own container.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where a path of the sidecar's container is on this machine.</summary>
    public Func<string, string> FilePath { get; init; } = static path => path;

    /// <summary>Whether others can call the app by its id.</summary>
    public Func<bool> IsInvocable { get; init; } = static () => true;
}
