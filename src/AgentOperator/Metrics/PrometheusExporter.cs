using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace AgentOperator.Metrics;

/// <summary>Turns what OpenTelemetry has aggregated into Prometheus' text when asked; in the place of the exporter package, whose shape it has.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly Lock _gate = new();
    private string _text = "";

    public Func<int, bool>? Collect { get; set; }

    /// <summary>All metrics as of now.</summary>
    public string Scrape()
    {
        lock (_gate)
        {
            return Collect?.Invoke(Timeout.Infinite) == true ? _text : throw new InvalidOperationException("The metrics could not be collected.");
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        PrometheusText text = new();
        foreach (Metric metric in batch)
        {
            text.Write(metric);
        }

        _text = text.ToString();
        return ExportResult.Success;
    }
}
