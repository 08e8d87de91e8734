using System.Text.Json;
using AgentOperator.Api.Digests;
using AgentOperator.Api.Workflows;
using AgentOperator.Tests.Workflows;

namespace AgentOperator.Tests.Digests;

public sealed class CanonicalJsonTests
{
    // RFC 8785, appendix B, and its example in section 3.2.
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("1e0", "1")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("-5e-324", "-5e-324")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("295147905179352830000", "295147905179352830000")]
    [InlineData("9.999999999999997e22", "9.999999999999997e+22")]
    [InlineData("1e23", "1e+23")]
    [InlineData("1.0000000000000001e23", "1.0000000000000001e+23")]
    [InlineData("999999999999999700000", "999999999999999700000")]
    [InlineData("999999999999999900000", "999999999999999900000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("9.999999999999997e-7", "9.999999999999997e-7")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("333333333.3333332", "333333333.3333332")]
    [InlineData("333333333.33333329", "333333333.3333333")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("0.000000000000000000000000001", "1e-27")]
    public void Numbers_are_written_as_ECMAScript_does(string written, string canonical) => Canonical(written).ShouldBe(canonical);

    [Fact]
    public void The_example_of_the_rfc() =>
        Canonical("""{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}""")
            .ShouldBe("""{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""");

    [Fact]
    public void Properties_are_sorted_by_utf16_units() =>
        Canonical("""{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}""").ShouldBe("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}");

    [Fact]
    public void Large_integers_keep_their_digits() => Canonical("9007199254740993").ShouldNotBe(Canonical("9007199254740992"));

    [Fact]
    public void Empty_values_stay_empty() => Canonical("""{"a":{},"b":[],"c":""}""").ShouldBe("""{"a":{},"b":[],"c":""}""");

    [Fact]
    public void A_digest_sees_what_runs_and_not_how_it_is_written()
    {
        RunSpec spec = new() { Steps = [Life.Step("a")] };

        RunDigest.Of(spec).ShouldStartWith("v1:sha256:");
        RunDigest.Of(new RunSpec { Steps = [Life.Step("a")] }).ShouldBe(RunDigest.Of(spec));
        RunDigest.Of(spec with { RunToken = "x" }).ShouldNotBe(RunDigest.Of(spec));
        RunDigest.Of(new RunSpec { Steps = [Life.Step("b")] }).ShouldNotBe(RunDigest.Of(spec));
    }

    private static string Canonical(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return CanonicalJson.Format(document.RootElement);
    }
}
