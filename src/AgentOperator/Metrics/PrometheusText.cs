using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace AgentOperator.Metrics;

/// <summary>Writes collected metrics in Prometheus' text format 0.0.4.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _families = new(StringComparer.Ordinal);

    public override string ToString() => _text.ToString();

    public void Write(Metric metric)
    {
        bool isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        string family = FamilyOf(metric.Name, isCounter);

        // Two meters may have an instrument of one name; a family may be described once only.
        if (_families.Add(family))
        {
            _text.Append(CultureInfo.InvariantCulture, $"# HELP {family} {metric.Description.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\n");
            _text.Append(CultureInfo.InvariantCulture, $"# TYPE {family} {(metric.MetricType == MetricType.Histogram ? "histogram" : isCounter ? "counter" : "gauge")}\n");
        }

        foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
        {
            string labels = LabelsOf(point.Tags);
            switch (metric.MetricType)
            {
                case MetricType.Histogram:
                    WriteHistogram(family, labels, in point);
                    break;
                case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                    Sample(family, labels, point.GetSumLong());
                    break;
                case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                    Sample(family, labels, point.GetSumDouble());
                    break;
                case MetricType.LongGauge:
                    Sample(family, labels, point.GetGaugeLastValueLong());
                    break;
                case MetricType.DoubleGauge:
                    Sample(family, labels, point.GetGaugeLastValueDouble());
                    break;
                default:
                    throw new NotSupportedException($"{metric.Name} is a {metric.MetricType}, which the text format does not have.");
            }
        }
    }

    /// <summary>Dots, which the format does not allow, become underscores; a counter's name ends in <c>_total</c>.</summary>
    private static string FamilyOf(string name, bool isCounter)
    {
        string family = string.Create(name.Length, name, static (target, source) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                target[i] = char.IsAsciiLetterOrDigit(source[i]) || source[i] is '_' or ':' ? source[i] : '_';
            }
        });
        return isCounter && !family.EndsWith("_total", StringComparison.Ordinal) ? family + "_total" : family;
    }

    private static string LabelsOf(ReadOnlyTagCollection tags)
    {
        StringBuilder labels = new();
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            string value = Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "";
            labels.Append(labels.Length == 0 ? "" : ",").Append(FamilyOf(tag.Key, isCounter: false)).Append("=\"")
                .Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))
                .Append('"');
        }

        return labels.ToString();
    }

    private void WriteHistogram(string family, string labels, in MetricPoint point)
    {
        string separator = labels.Length == 0 ? "" : ",";
        long count = 0;
        foreach (HistogramBucket bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            Sample($"{family}_bucket", $"{labels}{separator}le=\"{Number(bucket.ExplicitBound)}\"", count);
        }

        Sample($"{family}_sum", labels, point.GetHistogramSum());
        Sample($"{family}_count", labels, point.GetHistogramCount());
    }

    private void Sample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString(CultureInfo.InvariantCulture);
}
