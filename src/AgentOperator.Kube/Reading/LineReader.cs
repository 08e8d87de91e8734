using System.Buffers;
using System.IO.Pipelines;

namespace AgentOperator.Kube.Reading;

/// <summary>Splits a stream into lines without copying them; a line is valid until the next read. CRLF and empty lines are accepted.</summary>
internal sealed class LineReader(Stream stream) : IAsyncDisposable
{
    /// <summary>The server's limit for an object is 3 MiB; the envelope and escapes come on top.</summary>
    public const int MaxLineBytes = 8 * 1024 * 1024;

    private readonly PipeReader _pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024));
    private SequencePosition _consumed;
    private bool _pending;

    /// <summary>The next line without its end; null at the end of the stream.</summary>
    /// <exception cref="IOException">The stream ended within a line, or a line is too long.</exception>
    public async Task<ReadOnlySequence<byte>?> ReadAsync(CancellationToken cancellation)
    {
        if (_pending)
        {
            _pipe.AdvanceTo(_consumed);
            _pending = false;
        }

        while (true)
        {
            ReadResult result = await _pipe.ReadAsync(cancellation).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                _consumed = buffer.GetPosition(1, end);
                ReadOnlySequence<byte> line = TrimReturn(buffer.Slice(0, end));
                if (line.IsEmpty)
                {
                    _pipe.AdvanceTo(_consumed);
                    continue;
                }

                _pending = true;
                return line;
            }

            if (buffer.Length > MaxLineBytes)
            {
                throw new IOException($"A watch line is longer than {MaxLineBytes} bytes.");
            }

            if (result.IsCompleted)
            {
                return buffer.IsEmpty ? null : throw new IOException("The watch ended within a line.");
            }

            _pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    public ValueTask DisposeAsync() => _pipe.CompleteAsync();

    private static ReadOnlySequence<byte> TrimReturn(ReadOnlySequence<byte> line) =>
        !line.IsEmpty && line.Slice(line.Length - 1).FirstSpan[0] == (byte)'\r' ? line.Slice(0, line.Length - 1) : line;
}
