using System.Globalization;

namespace AgentOperator.Kube;

/// <summary>What to list.</summary>
public sealed record ListOptions
{
    /// <summary>Label selector, <c>app=x,tier!=y</c>.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector, <c>spec.nodeName=n1</c>.</summary>
    public string? FieldSelector { get; init; }

    /// <summary><c>"0"</c>: any cached state will do; null: the newest state.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Items a page; null for all at once, which the server can answer from its cache.</summary>
    public int? Limit { get; init; }

    /// <summary>Token of the page to read, from the page before; <see cref="ResourceVersion"/> is not sent with it.</summary>
    public string? Continue { get; init; }

    internal string ToQuery() => new QueryString()
        .Add("labelSelector", LabelSelector)
        .Add("fieldSelector", FieldSelector)
        .Add("resourceVersion", Continue is null ? ResourceVersion : null)
        .Add("limit", Limit?.ToString(CultureInfo.InvariantCulture))
        .Add("continue", Continue)
        .ToString();
}
