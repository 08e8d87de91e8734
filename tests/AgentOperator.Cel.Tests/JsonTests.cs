using System.Text.Json;

namespace AgentOperator.Cel.Tests;

public sealed class JsonTests
{
    [Theory]
    [InlineData("{'a': [1, 2.5, 3u, null, true, 'x'], 'b': {}}", """{"a":[1,2.5,3,null,true,"x"],"b":{}}""")]
    [InlineData("{1: 'a', true: 'b', 2u: 'c'}", """{"1":"a","true":"b","2":"c"}""")]
    [InlineData("[9223372036854775807, 18446744073709551615u]", "[9223372036854775807,18446744073709551615]")]
    [InlineData("b'\\xff\\x00'", "\"/wA=\"")]
    [InlineData("duration('3.5s')", "\"3.5s\"")]
    [InlineData("duration('-1h')", "\"-3600s\"")]
    [InlineData("timestamp('2026-01-02T03:04:05.120+01:00')", "\"2026-01-02T02:04:05.12Z\"")]
    public void A_value_is_written_as_json(string text, string json) =>
        CelEnvironment.Standard.Compile(text).Evaluate(CelActivation.Empty).ToJsonElement().GetRawText().ShouldBe(json);

    [Theory]
    [InlineData("{'a': [1, 0.0 / 0.0]}", "the value['a'][1] is NaN, which is no number in JSON; test it with math.isFinite()")]
    [InlineData("optional.none()", "the value is an optional, which JSON has no form for; end it with .orValue(…)")]
    [InlineData("[type(1)]", "the value[0] is of type type, which JSON has no form for; make a string of it with string()")]
    [InlineData("{1: 1, '1': 1}", "the value has two keys that are '1' in JSON")]
    public void What_json_has_no_form_for_is_named(string text, string message) =>
        Should.Throw<NotSupportedException>(() => CelEnvironment.Standard.Compile(text).Evaluate(CelActivation.Empty).ToJsonElement()).Message.ShouldBe(message);

    [Fact]
    public void Declared_types_decide_what_json_becomes()
    {
        CelType type = CelType.Record("x", new Dictionary<string, CelType>(StringComparer.Ordinal)
        {
            ["score"] = CelType.Double,
            ["count"] = CelType.Int,
            ["size"] = CelType.Uint,
            ["at"] = CelType.Timestamp,
            ["took"] = CelType.Nullable(CelType.Duration),
            ["data"] = CelType.Bytes,
            ["list"] = CelType.List(CelType.Double),
        });
        using JsonDocument document = JsonDocument.Parse("""{"score":3,"count":4.0,"size":5,"at":"2026-01-01T00:00:00Z","took":"90s","data":"YQ==","list":[1,2]}""");
        CelActivation activation = new(new Dictionary<string, CelValue>(StringComparer.Ordinal) { ["x"] = CelValue.From(document.RootElement, type) });
        CelEnvironment.Standard.With("x", type)
            .Compile("x.score * 2.0 == 6.0 && x.count + 1 == 5 && x.size + 1u == 6u && x.at.getFullYear() == 2026 && x.took == duration('1m30s') && x.data == b'a' && x.list.sum() == 3.0")
            .Evaluate(activation).AsBool().ShouldBeTrue();
    }

    [Fact]
    public void Undeclared_numbers_are_integers_where_they_can_be()
    {
        using JsonDocument document = JsonDocument.Parse("""{"a":3,"b":2.5,"c":18446744073709551615,"d":1e3,"a":4}""");
        CelActivation activation = new(new Dictionary<string, CelValue>(StringComparer.Ordinal) { ["x"] = CelValue.From(document.RootElement) });
        CelEnvironment.Standard.With("x", CelType.Dyn).Compile("[type(x.a), type(x.b), type(x.c), type(x.d)] == [int, double, uint, double] && x.a == 4 && x.a < 4.5 && x.size() == 4")
            .Evaluate(activation).AsBool().ShouldBeTrue();
    }

    [Fact]
    public void Json_that_is_no_text_is_an_error_where_it_is_used()
    {
        using JsonDocument document = JsonDocument.Parse("""{"a":"\ud800","b":1,"\udc00":2}""");
        CelActivation activation = new(new Dictionary<string, CelValue>(StringComparer.Ordinal) { ["x"] = CelValue.From(document.RootElement) });
        CelEnvironment environment = CelEnvironment.Standard.With("x", CelType.Dyn);
        environment.Compile("x.b").Evaluate(activation).AsInt().ShouldBe(1);
        Should.Throw<CelEvaluationException>(() => environment.Compile("x.a").Evaluate(activation)).Message.ShouldContain("surrogate");
    }
}
