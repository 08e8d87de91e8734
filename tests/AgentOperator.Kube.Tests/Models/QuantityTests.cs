using System.Buffers;
using System.Text;
using System.Text.Json;
using AgentOperator.Kube.Models;

namespace AgentOperator.Kube.Tests.Models;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("\"500m\"", "\"500m\"")]
    [InlineData("\"1.5Gi\"", "\"1.5Gi\"")]
    [InlineData("2", "\"2\"")]
    [InlineData("0.5", "\"0.5\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("9223372036854775807", "\"9223372036854775807\"")]
    public void Text_and_bare_numbers_are_kept_digit_by_digit_and_written_as_text(string read, string written) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize<Quantity>(read)).ShouldBe(written);

    [Fact]
    public void A_number_cut_by_a_buffers_end_is_whole()
    {
        Utf8JsonReader reader = new(Cut("12345", at: 2));

        JsonSerializer.Deserialize<Quantity>(ref reader).Text.ShouldBe("12345");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("{}")]
    public void Anything_else_is_refused(string json) => Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Quantity>(json));

    private static ReadOnlySequence<byte> Cut(string text, int at)
    {
        Segment first = new(Encoding.UTF8.GetBytes(text[..at]));
        Segment last = first.Append(Encoding.UTF8.GetBytes(text[at..]));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes) => Memory = bytes;

        public Segment Append(byte[] bytes)
        {
            Segment next = new(bytes) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
