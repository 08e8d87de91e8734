using System.Diagnostics.Metrics;
using AgentOperator.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace AgentOperator.Tests.Metrics;

public sealed class PrometheusExporterTests : IDisposable
{
    private readonly Meter _meter = new("tests.prometheus");
    private readonly PrometheusExporter _exporter = new();
    private readonly MeterProvider _provider;

    public PrometheusExporterTests() =>
        _provider = Sdk.CreateMeterProviderBuilder().AddMeter("tests.prometheus").AddReader(new BaseExportingMetricReader(_exporter)).Build();

    public void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void A_counter_says_how_often_by_label()
    {
        Counter<long> counter = _meter.CreateCounter<long>("things_total", description: "Things that\nwere \\done");
        counter.Add(2, new KeyValuePair<string, object?>("result", "success"));
        counter.Add(1, new KeyValuePair<string, object?>("result", "a \"quoted\"\nline \\"));

        _exporter.Scrape().Split('\n').ShouldBe([
            "# HELP things_total Things that\\nwere \\\\done",
            "# TYPE things_total counter",
            "things_total{result=\"success\"} 2",
            "things_total{result=\"a \\\"quoted\\\"\\nline \\\\\"} 1",
            "",
        ]);
    }

    [Fact]
    public void What_has_not_changed_is_there_at_the_next_scrape_too()
    {
        _meter.CreateCounter<double>("seconds_total").Add(1.5);
        _exporter.Scrape().ShouldContain("seconds_total 1.5\n");
        _exporter.Scrape().ShouldContain("seconds_total 1.5\n");
    }

    [Fact]
    public void Buckets_count_upwards_and_end_with_all()
    {
        Histogram<double> histogram = _meter.CreateHistogram("wait_seconds", "s", "Wait", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (double value in (double[])[0.05, 0.5, 0.5, 5])
        {
            histogram.Record(value, new KeyValuePair<string, object?>("name", "q"));
        }

        string text = _exporter.Scrape();

        text.ShouldContain("# TYPE wait_seconds histogram\n");
        text.ShouldContain("""
            wait_seconds_bucket{name="q",le="0.1"} 1
            wait_seconds_bucket{name="q",le="1"} 3
            wait_seconds_bucket{name="q",le="+Inf"} 4
            wait_seconds_sum{name="q"} 6.05
            wait_seconds_count{name="q"} 4
            """);
    }

    [Fact]
    public void Gauges_and_sums_that_go_down_are_gauges_and_dots_become_underscores()
    {
        _meter.CreateObservableGauge("dotnet.heap-size", static () => 7);
        _meter.CreateUpDownCounter<int>("in_flight").Add(-2);
        _meter.CreateCounter<long>("dotnet.exceptions").Add(3);

        string text = _exporter.Scrape();

        text.ShouldContain("# TYPE dotnet_heap_size gauge\ndotnet_heap_size 7\n");
        text.ShouldContain("# TYPE in_flight gauge\nin_flight -2\n");
        text.ShouldContain("# TYPE dotnet_exceptions_total counter\ndotnet_exceptions_total 3\n");
    }

    [Fact]
    public void A_name_of_two_meters_is_described_once()
    {
        using Meter other = new("tests.prometheus", "2");
        _meter.CreateCounter<long>("same_total", description: "one").Add(1, new KeyValuePair<string, object?>("of", "a"));
        other.CreateCounter<long>("same_total", description: "two").Add(1, new KeyValuePair<string, object?>("of", "b"));

        string text = _exporter.Scrape();

        text.Split("# TYPE same_total").Length.ShouldBe(2);
        text.ShouldContain("same_total{of=\"a\"} 1");
        text.ShouldContain("same_total{of=\"b\"} 1");
    }

    [Fact]
    public void The_operators_own_metrics_have_the_process_and_the_machinery()
    {
        using OperatorMetrics metrics = new();

        string text = metrics.Scrape();

        text.ShouldContain("\nprocess_resident_memory_bytes ");
        text.ShouldContain("\nprocess_cpu_seconds_total ");
        text.ShouldContain("# TYPE dotnet_");
    }
}
