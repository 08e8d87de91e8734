using System.Text;
using System.Text.Json;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Kube.Tests.Models;

public sealed class NumberTests
{
    [Theory]
    [InlineData("3", 3)]
    [InlineData("3.0", 3)]
    [InlineData("3e0", 3)]
    [InlineData("1e3", 1000)]
    [InlineData("-2147483648", int.MinValue)]
    public void Whole_numbers_are_read_in_every_form(string json, int expected) => Replicas(json).ShouldBe(expected);

    [Theory]
    [InlineData("3.5")]
    [InlineData("2147483648")]
    [InlineData("1e30")]
    [InlineData("\"3\"")]
    [InlineData("true")]
    public void Fractions_text_and_numbers_too_large_are_errors_that_name_the_field(string json) =>
        Should.Throw<JsonException>(() => Replicas(json)).Path.ShouldBe("$.replicas");

    [Theory]
    [InlineData("9007199254740993", 9007199254740993)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("9007199254740993.0", 9007199254740993)]
    public void Numbers_of_64_bits_keep_every_digit(string json, long expected) =>
        JsonSerializer.Deserialize($$"""{"name":"a","generation":{{json}}}""", KubeJsonContext.Default.ObjectMeta)!.Generation.ShouldBe(expected);

    [Theory]
    [InlineData("8080", "8080")]
    [InlineData("8080.0", "8080")]
    [InlineData("\"8080\"", "\"8080\"")]
    [InlineData("\"http\"", "\"http\"")]
    [InlineData("\"25%\"", "\"25%\"")]
    public void A_number_or_text_stays_what_it_was(string json, string written) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize<IntOrString>(json)).ShouldBe(written);

    [Fact]
    public void Bytes_are_base64_in_json_only()
    {
        byte[] bytes = [0xFB, 0xEF, 0xFF, 0];
        Secret secret = new() { Metadata = new ObjectMeta { Name = "a" }, Data = new Dictionary<string, ReadOnlyMemory<byte>> { ["key"] = bytes } };

        string json = JsonSerializer.Serialize(secret, KubeJsonContext.Default.Secret);

        using JsonDocument document = JsonDocument.Parse(json);
        document.RootElement.GetProperty("data").GetProperty("key").GetString().ShouldBe("++//AA==");
        JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(json), KubeJsonContext.Default.Secret)!.Data!["key"].ToArray().ShouldBe(bytes);
    }

    private static int? Replicas(string json) => JsonSerializer.Deserialize("{\"replicas\":" + json + ",\"template\":{\"spec\":{\"containers\":[]}}}", KubeJsonContext.Default.DeploymentSpec)!.Replicas;
}
