namespace AgentOperator.Tracing;

/// <summary>Spans as an ExportTraceServiceRequest (opentelemetry-proto 1.x; the numbers are its fields).</summary>
internal static class OtlpRequest
{
    private const long KindInternal = 1;
    private const long StatusError = 2;

    /// <param name="spans">What has ended.</param>
    /// <param name="resource">Attributes of this process.</param>
    public static byte[] Of(IReadOnlyList<Span> spans, IReadOnlyList<KeyValuePair<string, object>> resource)
    {
        Protobuf scope = new Protobuf().Message(1, new Protobuf().Text(1, "agentoperator.workflows"));
        foreach (Span span in spans)
        {
            scope.Message(2, Of(span));
        }

        Protobuf attributes = new();
        Add(attributes, 1, resource);
        return new Protobuf().Message(1, new Protobuf().Message(1, attributes).Message(2, scope)).ToArray();
    }

    private static Protobuf Of(Span span)
    {
        Protobuf message = new Protobuf().Hex(1, span.TraceId).Hex(2, span.SpanId);
        if (span.ParentSpanId is { } parent)
        {
            message.Hex(4, parent);
        }

        message.Text(5, span.Name).Number(6, KindInternal).Long(7, Nanoseconds(span.Start)).Long(8, Nanoseconds(span.End));
        Add(message, 9, span.Attributes);
        if (span.Error is { } error)
        {
            message.Message(15, new Protobuf().Text(2, error).Number(3, StatusError));
        }

        return message;
    }

    private static void Add(Protobuf message, int field, IReadOnlyList<KeyValuePair<string, object>> attributes)
    {
        foreach ((string key, object value) in attributes)
        {
            message.Message(field, new Protobuf().Text(1, key).Message(2, ValueOf(value)));
        }
    }

    private static Protobuf ValueOf(object value) => value switch
    {
        bool flag => new Protobuf().Number(2, flag ? 1 : 0),
        long number => new Protobuf().Number(3, number),
        int number => new Protobuf().Number(3, number),
        _ => new Protobuf().Text(1, value.ToString()!),
    };

    private static ulong Nanoseconds(DateTimeOffset time) => (ulong)(time - DateTimeOffset.UnixEpoch).Ticks * 100;
}
