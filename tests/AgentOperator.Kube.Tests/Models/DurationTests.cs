using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AgentOperator.Kube.Models;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.Kube.Tests.Models;

public sealed class DurationTests
{
    [Theory]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("90s", 90_000)]
    [InlineData("300ms", 300)]
    [InlineData("1.5s", 1_500)]
    [InlineData("1.001s", 1_001)]
    [InlineData("0s", 0)]
    [InlineData("1h0.001s", 3_600_001)]
    [InlineData("1m1m", 120_000)]
    [InlineData("999999h", 3_599_996_400_000)]
    public void A_duration_is_exact(string text, long milliseconds) => new Duration(text).ToTimeSpan().ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [Theory]
    [InlineData("")]
    [InlineData(" 1s")]
    [InlineData("1")]
    [InlineData("s")]
    [InlineData("1s2")]
    [InlineData("1.5.5s")]
    [InlineData(".s")]
    [InlineData("1,5s")]
    [InlineData("-1s")]
    [InlineData("+1s")]
    [InlineData("1e3s")]
    [InlineData("1d")]
    [InlineData("PT1H")]
    [InlineData("1S")]
    [InlineData("99999999999999999999999999999999h")]
    [InlineData("9999999999999h")]
    public void What_is_no_duration_is_refused_with_its_text(string text) =>
        Should.Throw<FormatException>(() => new Duration(text).ToTimeSpan()).Message.ShouldContain($"\"{text}\"");

    [Fact]
    public void Null_and_numbers_are_refused_in_json()
    {
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Duration>("null"));
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Duration>("5"));
    }

    [Fact]
    public void The_text_is_kept_as_it_was_written() =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize<Duration>("\"60m\"")).ShouldBe("\"60m\"");

    [Fact]
    public void Every_duration_that_schemas_accept_is_parsed_exactly()
    {
        Regex schema = new(Duration.Pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        Gen<(string Text, decimal Milliseconds)> part = Gen.Choose(0, 999_999)
            .SelectMany(static _ => Gen.Choose(0, 999), static (whole, thousandths) => (whole, thousandths))
            .SelectMany(static _ => Gen.Elements(("ms", 1m), ("s", 1_000m), ("m", 60_000m), ("h", 3_600_000m)), static (number, unit) => (
                string.Create(CultureInfo.InvariantCulture, $"{number.whole}.{number.thousandths:000}{unit.Item1}"),
                (number.whole + (number.thousandths / 1000m)) * unit.Item2));

        Prop.ForAll(part.NonEmptyListOf().ToArbitrary(), parts =>
        {
            string text = string.Concat(parts.Select(static one => one.Text));
            decimal ticks = parts.Sum(static one => one.Milliseconds) * TimeSpan.TicksPerMillisecond;
            return schema.IsMatch(text) && new Duration(text).ToTimeSpan().Ticks == ticks;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
