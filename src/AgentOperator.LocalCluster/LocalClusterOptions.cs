using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOperator.Local;

/// <summary>What to start.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>Clusters of different names run side by side.</summary>
    public string Name { get; init; } = "default";

    /// <summary>Folder of all clusters; null for <c>${XDG_STATE_HOME:-~/.local/state}/agent-operator/clusters</c>.</summary>
    public string? StateRoot { get; init; }

    /// <summary>Maps image names to local commands; without it every image is unknown.</summary>
    public string? ImagesFile { get; init; }

    /// <summary>Null runs pods; otherwise each Job completes after this time with one status write and no pods.</summary>
    public TimeSpan? SimulatedDelay { get; init; }

    /// <summary>With Dapr: its kinds, its sidecar injector, and sidecars that serve its HTTP API.</summary>
    public bool Dapr { get; init; }

    /// <summary>Port of the API server; null for a free one.</summary>
    public int? Port { get; init; }

    /// <summary>Audit policy of the API server (audit.k8s.io/v1); null for no audit log.</summary>
    public string? AuditPolicyFile { get; init; }

    /// <summary>Where the audit log goes; demands a policy.</summary>
    public string? AuditLogFile { get; init; }

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
