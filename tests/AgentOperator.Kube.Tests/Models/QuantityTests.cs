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

    [Theory]
    [InlineData("1.5", "1500m")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("0.5Gi", "512Mi")]
    [InlineData("512Mi", "536870912")]
    [InlineData("2", "2000m")]
    [InlineData("1e3", "1k")]
    [InlineData("1E", "1e18")]
    [InlineData("0", "0Ki")]
    [InlineData("-1.5", "-1500m")]
    [InlineData("+1", "1")]
    [InlineData(".5", "500m")]
    [InlineData("1.", "1")]
    public void Two_spellings_of_one_value_are_equal(string left, string right)
    {
        new Quantity(left).ShouldBe(new Quantity(right));
        new Quantity(left).GetHashCode().ShouldBe(new Quantity(right).GetHashCode());
        new Quantity(left).CompareTo(new Quantity(right)).ShouldBe(0);
    }

    [Theory]
    [InlineData("999m", "1")]
    [InlineData("1G", "1Gi")]
    [InlineData("-1", "0")]
    [InlineData("9Ei", "9223372036854775807")]
    public void Smaller_values_come_first(string smaller, string larger)
    {
        Quantity small = new(smaller), large = new(larger);
        (large > small || (smaller == "9Ei" && large == small)).ShouldBeTrue();
        (large < small).ShouldBeFalse();
    }

    [Theory]
    [InlineData("1500m", "1500m")]
    [InlineData("1.5", "1500m")]
    [InlineData("1000m", "1")]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("512", "512")]
    [InlineData("0.5Ki", "512")]
    [InlineData("5000", "5k")]
    [InlineData("1200e3", "1200e3")]
    [InlineData("0.1n", "1n")]
    [InlineData("-0.1n", "-1n")]
    [InlineData("100E", "9223372036854775807")]
    [InlineData("0.0", "0")]
    public void The_canonical_form_is_what_the_server_stores(string text, string canonical) => new Quantity(text).Canonical().Text.ShouldBe(canonical);

    [Theory]
    [InlineData("1", "500m", "1500m", "500m")]
    [InlineData("1Gi", "512Mi", "1536Mi", "512Mi")]
    [InlineData("0", "1Gi", "1Gi", "-1Gi")]
    [InlineData("1e3", "1", "1001", "999")]
    public void Sums_keep_the_suffixes_of_the_left_one(string left, string right, string sum, string difference)
    {
        (new Quantity(left) + new Quantity(right)).Text.ShouldBe(sum);
        (new Quantity(left) - new Quantity(right)).Text.ShouldBe(difference);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Gi")]
    [InlineData("1 Gi")]
    [InlineData("1gi")]
    [InlineData("1K")]
    [InlineData("1e")]
    [InlineData("1e400")]
    [InlineData("1,5")]
    [InlineData("1-2")]
    [InlineData("NaN")]
    public void What_is_no_quantity_says_so_when_its_value_is_asked_for(string text)
    {
        Should.Throw<FormatException>(() => new Quantity(text).ToDecimal()).Message.ShouldContain("is not a quantity");
        new Quantity(text).Equals(new Quantity(text)).ShouldBeTrue();
    }

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
