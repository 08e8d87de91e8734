using System.Text.Json;
using AgentOperator.Kube.Models;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.Kube.Tests.Models;

public sealed class TimeTests
{
    [Theory]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05.999Z", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05.123456789Z", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    public void A_time_is_read_with_any_fraction_and_offset_and_written_in_whole_seconds_of_utc(string read, string written)
    {
        Time time = JsonSerializer.Deserialize<Time>($"\"{read}\"");

        JsonSerializer.Serialize(time).ShouldBe($"\"{written}\"");
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000000Z")]
    [InlineData("2026-01-02T03:04:05.1Z", "2026-01-02T03:04:05.100000Z")]
    [InlineData("2026-01-02T03:04:05.123456789Z", "2026-01-02T03:04:05.123456Z")]
    [InlineData("2026-01-02T03:04:05.000001+02:00", "2026-01-02T01:04:05.000001Z")]
    public void A_micro_time_is_always_written_with_six_digits(string read, string written)
    {
        MicroTime time = JsonSerializer.Deserialize<MicroTime>($"\"{read}\"");

        JsonSerializer.Serialize(time).ShouldBe($"\"{written}\"");
    }

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("\"2026-13-02T03:04:05Z\"")]
    [InlineData("5")]
    [InlineData("{}")]
    public void What_is_no_time_is_refused(string json)
    {
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Time>(json));
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<MicroTime>(json));
    }

    [Fact]
    public void Null_is_no_time() =>
        JsonSerializer.Deserialize("""{"metadata":{"creationTimestamp":null}}""", KubeJsonContext.Default.Pod)!.Metadata.CreationTimestamp.ShouldBeNull();

    [Fact]
    public void Every_micro_time_comes_back_as_it_was() =>
        Prop.ForAll<DateTime>(value =>
        {
            DateTimeOffset utc = new(value.Ticks - (value.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
            return JsonSerializer.Deserialize<MicroTime>(JsonSerializer.Serialize(new MicroTime(utc))).Value == utc;
        }).Check(Config.QuickThrowOnFailure);
}
