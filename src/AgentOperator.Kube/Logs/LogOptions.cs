using System.Globalization;
using AgentOperator.Kube.Models;

namespace AgentOperator.Kube.Logs;

/// <summary>Which part of a container's log.</summary>
public sealed record LogOptions
{
    /// <summary>The container; may be left out when the pod has one.</summary>
    public string? Container { get; init; }

    /// <summary>True: the log goes on until the container ends.</summary>
    public bool Follow { get; init; }

    /// <summary>True: each line begins with its time, RFC 3339 with nanoseconds, and a space.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Lines from this second on.</summary>
    public Time? Since { get; init; }

    /// <summary>So many lines at the end.</summary>
    public int? Tail { get; init; }

    internal string ToQuery() => new QueryString()
        .Add("container", Container)
        .Add("follow", Follow ? "true" : null)
        .Add("timestamps", Timestamps ? "true" : null)
        .Add("sinceTime", Since?.ToString())
        .Add("tailLines", Tail?.ToString(CultureInfo.InvariantCulture))
        .ToString();
}
