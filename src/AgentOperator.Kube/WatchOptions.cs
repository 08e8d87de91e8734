using System.Globalization;

namespace AgentOperator.Kube;

/// <summary>What to watch, from where, for how long.</summary>
public sealed record WatchOptions
{
    /// <summary>Silence beyond the server's own timeout after which the connection counts as dead.</summary>
    public static readonly TimeSpan IdleMargin = TimeSpan.FromSeconds(15);

    /// <summary>Label selector.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Events after this version.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>How long the server keeps the watch open.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    internal string ToQuery() => new QueryString()
        .Add("watch", "true")
        .Add("allowWatchBookmarks", "true")
        .Add("labelSelector", LabelSelector)
        .Add("fieldSelector", FieldSelector)
        .Add("resourceVersion", ResourceVersion)
        .Add("timeoutSeconds", ((long)Timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture))
        .ToString();
}
