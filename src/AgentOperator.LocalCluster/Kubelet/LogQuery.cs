using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Local.Kubelet;

/// <summary>What of a log is wanted.</summary>
internal sealed record LogQuery(bool Follow, bool Previous, bool Timestamps, long? TailLines, long? LimitBytes, long? SinceSeconds)
{
    public static LogQuery Of(IQueryCollection query) => new(
        query["follow"] == "true",
        query["previous"] == "true",
        query["timestamps"] == "true",
        Number(query["tailLines"]),
        Number(query["limitBytes"]),
        Number(query["sinceSeconds"]));

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
