using AgentOperator.Api.Agents;

namespace AgentOperator.Agents.Usage;

/// <summary>The tools that an agent's pods found, by server: names of all, and the first problem.</summary>
internal static class ToolUnion
{
    private const int MaxServers = 20;
    private const int MaxNames = 100;
    private const int MaxName = 128;
    private const int MaxProblem = 1024;

    /// <summary>Null when no pod told of any.</summary>
    public static IReadOnlyList<DiscoveredTools>? Of(IEnumerable<StoredReport> live)
    {
        DiscoveredTools[] union =
        [
            .. live.SelectMany(static stored => stored.Report.Tools)
                .GroupBy(static tools => tools.Server, StringComparer.Ordinal)
                .OrderBy(static server => server.Key, StringComparer.Ordinal)
                .Take(MaxServers)
                .Select(static server => new DiscoveredTools
                {
                    Server = server.Key,
                    Names = [.. server.SelectMany(static tools => tools.Names ?? []).Where(static name => name.Length <= MaxName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MaxNames)],
                    Problem = server.Select(static tools => tools.Problem).OfType<string>().Order(StringComparer.Ordinal).Select(static problem => problem.Length <= MaxProblem ? problem : problem[..MaxProblem]).FirstOrDefault(),
                }),
        ];
        return union is [] ? null : union;
    }
}
