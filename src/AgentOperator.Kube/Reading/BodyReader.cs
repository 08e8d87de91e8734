using System.Buffers;
using System.IO.Pipelines;

namespace AgentOperator.Kube.Reading;

/// <summary>Reads an answer whole into pooled pieces: a list of 100 MB takes 100 MB, not twice that in one array.</summary>
internal static class BodyReader
{
    private const int Piece = 64 * 1024;

    /// <exception cref="HttpRequestException">The body broke off, or is longer than the limit once it is unpacked.</exception>
    public static async Task<TResult> ReadAsync<TResult>(HttpContent content, Func<ReadOnlySequence<byte>, TResult> read, long maxBytes, CancellationToken cancellation)
    {
        PipeReader pipe = PipeReader.Create(await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), new StreamPipeReaderOptions(bufferSize: Piece, minimumReadSize: Piece / 4));
        try
        {
            while (true)
            {
                ReadResult result = await pipe.ReadAsync(cancellation).ConfigureAwait(false);
                if (result.Buffer.Length > maxBytes)
                {
                    throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, $"The answer is longer than {maxBytes} bytes.");
                }

                if (result.IsCompleted)
                {
                    return read(result.Buffer);
                }

                pipe.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (IOException error)
        {
            throw cancellation.IsCancellationRequested
                ? new OperationCanceledException(error.Message, error, cancellation)
                : new HttpRequestException(HttpRequestError.ResponseEnded, "The answer broke off.", error);
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }
}
