using System.Globalization;
using System.Text.Json;

namespace AgentOperator.Bench;

/// <summary>Prints the figures and writes them down.</summary>
internal static class Report
{
    public static async Task WriteAsync(IReadOnlyList<Measurement> measured, string path, CancellationToken cancellation)
    {
        foreach (Measurement one in measured)
        {
            string goal = one.Goal is { } value ? value.ToString("0.##", CultureInfo.InvariantCulture) : "-";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Name,-32} {one.Value,10:0.00} {one.Unit,-8} goal {goal}"));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(measured, MeasurementContext.Default.IReadOnlyListMeasurement) + "\n", cancellation);
        Console.WriteLine($"written to {path}");
    }
}
