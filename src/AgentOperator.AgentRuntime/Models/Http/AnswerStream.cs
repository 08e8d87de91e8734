using AgentOperator.AgentRuntime.Streams;

namespace AgentOperator.AgentRuntime.Models.Http;

/// <summary>An answer's body: at most so long, and a connection that breaks is told as what it is.</summary>
internal sealed class AnswerStream(Stream inner, long limit)
    : BoundedStream(inner, limit, () => new ModelException(ModelErrorKind.BadAnswer, $"the answer is longer than {limit / (1024 * 1024)} MiB"))
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw Cut();
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return base.Read(buffer, offset, count);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw Cut();
        }
    }

    private static ModelException Cut() => new(ModelErrorKind.CutStream, "the connection broke in the middle of the answer");
}
