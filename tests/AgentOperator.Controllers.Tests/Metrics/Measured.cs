using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AgentOperator.Controllers.Metrics;

namespace AgentOperator.Controllers.Tests.Metrics;

/// <summary>What a listener sees of one controller, queue or lease: sums of counters, last values of gauges, numbers of a histogram's values.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly string _name;
    private readonly ConcurrentDictionary<string, double> _values = new(StringComparer.Ordinal);

    public Measured(string name)
    {
        _name = name;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == MetricNames.Meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Series as an exporter would keep them: <c>name{label=value,…}</c>.</summary>
    public IReadOnlyDictionary<string, double> Read()
    {
        _listener.RecordObservableInstruments();
        return _values.ToDictionary();
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        bool isOurs = false;
        List<string> labels = [];
        foreach ((string label, object? text) in tags)
        {
            isOurs |= text is string found && found == _name;
            labels.Add($"{label}={text}");
        }

        if (isOurs)
        {
            string series = $"{instrument.Name}{{{string.Join(',', labels)}}}";
            bool isHistogram = instrument is Histogram<double>;
            _values.AddOrUpdate(series, isHistogram ? 1 : value, (_, before) => isHistogram ? before + 1 : instrument.IsObservable ? value : before + value);
        }
    }
}
