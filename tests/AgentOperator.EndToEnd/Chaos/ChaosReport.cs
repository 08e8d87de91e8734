using System.Globalization;
using System.Text.Json.Nodes;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>Tells of a chaos run, and writes its figures down as make bench does.</summary>
/// <param name="tell">Takes one line.</param>
/// <param name="file">Where the figures go; null for nowhere.</param>
internal sealed class ChaosReport(Action<string> tell, string? file)
{
    public async Task WriteAsync(ChaosRun run, IReadOnlyList<Shape> shapes, Verdict verdict, ChaosCounts counts, CancellationToken cancellation)
    {
        tell(string.Create(CultureInfo.InvariantCulture, $"seed {run.Seed}: {run.Count} workflows of {shapes.Select(static shape => shape.Kind).Distinct().Count()} kinds, {counts.Attempts} attempts, {counts.Lives} lives of operators, {counts.Time.TotalSeconds:0} s"));
        tell($"harm: {Join(counts.Harm)}");
        tell($"writes answered with an error: {Join(counts.Faults)}");
        foreach (string line in verdict.Lost.Concat(verdict.Duplicated).Concat(verdict.Stuck))
        {
            tell(line);
        }

        JsonArray figures =
        [
            Figure("chaos.lost", verdict.Lost.Count, "", 0),
            Figure("chaos.duplicated", verdict.Duplicated.Count, "", 0),
            Figure("chaos.stuck", verdict.Stuck.Count, "", 0),
            Figure("chaos.workflows", run.Count, "", null),
            Figure("chaos.attempts", counts.Attempts, "", null),
            Figure("chaos.operator_lives", counts.Lives, "", null),
            Figure("chaos.faulty_writes", counts.Faults.Values.Sum(), "", null),
            Figure("chaos.seconds", Math.Round(counts.Time.TotalSeconds, 1), "s", null),
        ];
        foreach (JsonNode? figure in figures)
        {
            tell($"{figure!["name"],-24} {figure["value"]} {figure["unit"]}{(figure["goal"] is { } goal ? $" goal {goal}" : "")}");
        }

        if (file is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, figures.ToJsonString(new() { WriteIndented = true }) + "\n", cancellation);
            tell($"written to {file}");
        }
    }

    private static string Join(IReadOnlyDictionary<string, int> counts) => string.Join(", ", counts.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => FormattableString.Invariant($"{pair.Key} {pair.Value}")));

    private static JsonObject Figure(string name, double value, string unit, double? goal) => new() { ["name"] = name, ["value"] = value, ["unit"] = unit, ["goal"] = goal };
}
