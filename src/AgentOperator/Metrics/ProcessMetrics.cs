using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AgentOperator.Metrics;

/// <summary>The process under the names that Prometheus' client libraries use.</summary>
internal sealed class ProcessMetrics : IDisposable
{
    public const string MeterName = "AgentOperator.Process";

    private readonly Process _process = Process.GetCurrentProcess();
    private readonly Meter _meter = new(MeterName);

    public ProcessMetrics()
    {
        double started = new DateTimeOffset(_process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0;
        _meter.CreateObservableCounter("process_cpu_seconds_total", () => Fresh().TotalProcessorTime.TotalSeconds, "s", "Total user and system CPU time spent in seconds.");
        _meter.CreateObservableGauge("process_resident_memory_bytes", () => Fresh().WorkingSet64, "By", "Resident memory size in bytes.");
        _meter.CreateObservableGauge("process_start_time_seconds", () => started, "s", "Start time of the process since unix epoch in seconds.");
        _meter.CreateObservableGauge("process_open_fds", static () => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(), description: "Number of open file descriptors.");
    }

    public void Dispose()
    {
        _meter.Dispose();
        _process.Dispose();
    }

    private Process Fresh()
    {
        _process.Refresh();
        return _process;
    }
}
