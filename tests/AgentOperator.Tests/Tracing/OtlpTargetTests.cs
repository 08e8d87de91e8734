using AgentOperator.Tracing;

namespace AgentOperator.Tests.Tracing;

public sealed class OtlpTargetTests
{
    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318", "http://c:4318/v1/traces", false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318/base/", "http://c:4318/base/v1/traces", false)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://c:4318/as/it/is", "http://c:4318/as/it/is", false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317;OTEL_EXPORTER_OTLP_PROTOCOL=grpc", "http://c:4317/opentelemetry.proto.collector.trace.v1.TraceService/Export", true)]
    public void Endpoints_are_read_as_the_specification_says(string variables, string url, bool isGrpc)
    {
        OtlpTarget target = Read(variables)!;

        target.Url.ToString().ShouldBe(url);
        target.IsGrpc.ShouldBe(isGrpc);
    }

    [Theory]
    [InlineData("")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318;OTEL_SDK_DISABLED=true")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318;OTEL_TRACES_EXPORTER=none")]
    public void Nothing_is_sent_where_nobody_asked(string variables) => Read(variables).ShouldBeNull();

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=c:4318", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c;OTEL_EXPORTER_OTLP_PROTOCOL=http/json", "OTEL_EXPORTER_OTLP_PROTOCOL")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c;OTEL_EXPORTER_OTLP_TIMEOUT=10s", "OTEL_EXPORTER_OTLP_TIMEOUT")]
    public void A_variable_that_cannot_be_read_is_named(string variables, string name) => Should.Throw<FormatException>(() => Read(variables)).Message.ShouldContain(name);

    [Fact]
    public void Credentials_are_sent_but_not_shown()
    {
        OtlpTarget target = Read("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318;OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20secret, x=y")!;

        target.Headers.ShouldBe([KeyValuePair.Create("authorization", "Bearer secret"), KeyValuePair.Create("x", "y")]);
        target.ToString().ShouldNotContain("secret");
    }

    private static OtlpTarget? Read(string variables)
    {
        Dictionary<string, string> values = variables.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
        return OtlpTarget.Read(name => values.GetValueOrDefault(name));
    }
}
