using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace AgentOperator.Kube.Logs;

/// <summary>Splits a log into lines. One that has no end in sight comes in pieces: a container may print what it likes.</summary>
internal static class LogLines
{
    /// <summary>Longest line in one piece.</summary>
    public const int MaxBytes = 256 * 1024;

    public static async IAsyncEnumerable<string> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        PipeReader pipe = PipeReader.Create(stream);
        try
        {
            while (true)
            {
                ReadResult result = await pipe.ReadAsync(cancellation).ConfigureAwait(false);
                ReadOnlySequence<byte> rest = result.Buffer;
                while (Next(ref rest, result.IsCompleted) is { } line)
                {
                    yield return line;
                }

                pipe.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted)
                {
                    yield break;
                }
            }
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static string? Next(ref ReadOnlySequence<byte> rest, bool isLast)
    {
        if (rest.PositionOf((byte)'\n') is { } end && rest.Slice(0, end) is { Length: <= MaxBytes } line)
        {
            rest = rest.Slice(rest.GetPosition(1, end));
            return Encoding.UTF8.GetString(line).TrimEnd('\r');
        }

        if (rest.Length < MaxBytes && !(isLast && rest.Length > 0))
        {
            return null;
        }

        ReadOnlySequence<byte> piece = rest.Slice(0, Math.Min(rest.Length, MaxBytes));
        rest = rest.Slice(piece.End);
        return Encoding.UTF8.GetString(piece);
    }
}
