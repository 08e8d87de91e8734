using System.Collections.Concurrent;
using System.Net;
using System.Text;
using AgentOperator.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AgentOperator.EndToEnd.Agents;

/// <summary>Stands in for a collector of traces: OTLP over HTTP and over gRPC.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly ConcurrentQueue<CollectedSpan> _spans = new();
    private readonly ConcurrentQueue<byte[]> _bodies = new();
    private readonly WebApplication _application;

    private OtlpCollector()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2);
        });
        _application = builder.Build();
        _application.Run(ReceiveAsync);
    }

    public string HttpAddress => _application.Urls.First();

    public string GrpcAddress => _application.Urls.Last();

    /// <summary>What has come up to now, each span once however often it was sent.</summary>
    public IReadOnlyList<CollectedSpan> Spans => [.. _spans.Distinct()];

    public static async Task<OtlpCollector> StartAsync()
    {
        OtlpCollector collector = new();
        await collector._application.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    /// <summary>Whether any request held a text, as it is.</summary>
    public bool HasSeen(string text) => _bodies.Any(body => body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    /// <summary>The spans of a trace once something holds of them.</summary>
    public async Task<IReadOnlyList<CollectedSpan>> UntilAsync(string trace, Func<IReadOnlyList<CollectedSpan>, bool> holds)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Limits.Patience);
        IReadOnlyList<CollectedSpan> Found() => [.. Spans.Where(span => span.TraceId == trace)];
        try
        {
            await Testing.Eventually.HoldsAsync(() => holds(Found()), patience.Token);
        }
        catch (OperationCanceledException error) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"Of trace {trace} there are only: {string.Join("; ", Spans)}", error);
        }

        return Found();
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task ReceiveAsync(HttpContext http)
    {
        using MemoryStream body = new();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        bool isGrpc = http.Request.ContentType == "application/grpc";
        if (http.Request.Path.Value!.EndsWith("/v1/traces", StringComparison.Ordinal) || http.Request.Path.Value.EndsWith("TraceService/Export", StringComparison.Ordinal))
        {
            _bodies.Enqueue(body.ToArray());
            Read(isGrpc ? ProtobufFields.Unframe(body.ToArray()) : body.ToArray());
        }

        http.Response.ContentType = http.Request.ContentType;
        if (isGrpc)
        {
            http.Response.AppendTrailer("grpc-status", "0");
            await http.Response.Body.WriteAsync(new byte[5]);
        }
    }

    /// <summary>ExportTraceServiceRequest: resource_spans 1, scope_spans 2, spans 2 (opentelemetry-proto).</summary>
    private void Read(ReadOnlyMemory<byte> request)
    {
        foreach (ReadOnlyMemory<byte> span in Fields(request, 1).SelectMany(static resource => Fields(resource, 2)).SelectMany(static scope => Fields(scope, 2)))
        {
            _spans.Enqueue(new CollectedSpan(Hex(span, 1), Hex(span, 2), Hex(span, 4), Encoding.UTF8.GetString(Fields(span, 5).Single().Span)));
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int number) =>
        ProtobufFields.Of(message).Where(field => field.Number == number).Select(static field => field.Bytes);

    private static string Hex(ReadOnlyMemory<byte> span, int number) => Fields(span, number).Select(static id => Convert.ToHexStringLower(id.Span)).FirstOrDefault() ?? "";
}
