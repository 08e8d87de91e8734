using AgentOperator.Api.Prices;

namespace AgentOperator.AgentRuntime.Tests.Prices;

public sealed class PriceCatalogueTests
{
    private const string Text = """
        {
          "currency": "USD",
          "models": {
            "claude-sonnet-4-5": { "inputMicrosPerMillion": 1, "outputMicrosPerMillion": 15000000, "cachedInputMicrosPerMillion": 300000, "cacheWriteMicrosPerMillion": 3750000 },
            "anthropic/claude-*": { "inputMicrosPerMillion": 2, "outputMicrosPerMillion": 0 },
            "claude-haiku-*": { "inputMicrosPerMillion": 3, "outputMicrosPerMillion": 0 },
            "openaiCompatible/*": { "inputMicrosPerMillion": 4, "outputMicrosPerMillion": 0 },
            "openaiCompatible/qwen3-32b": { "inputMicrosPerMillion": 5, "outputMicrosPerMillion": 0 },
            "openaiCompatible/qwen*": { "inputMicrosPerMillion": 6, "outputMicrosPerMillion": 0 }
          }
        }
        """;

    [Theory]
    [InlineData("anthropic", "claude-sonnet-4-5", 1L)]
    [InlineData("anthropic", "claude-opus-4", 2L)]
    [InlineData("anthropic", "claude-haiku-4", 2L)]
    [InlineData("gateway", "claude-haiku-4", 3L)]
    [InlineData("openaiCompatible", "llama", 4L)]
    [InlineData("openaiCompatible", "qwen3-32b", 5L)]
    [InlineData("openaiCompatible", "qwen3-8b", 6L)]
    [InlineData("openai", "gpt-5", null)]
    [InlineData("gateway", "qwen3-32b", null)]
    public void The_exact_key_wins_then_the_longest_prefix(string provider, string name, long? input) =>
        PriceCatalogue.Parse(Text).Find(provider, name)?.InputMicrosPerMillion.ShouldBe(input ?? -1);

    [Fact]
    public void A_model_without_a_price_is_not_found() => PriceCatalogue.Parse(Text).Find("openai", "gpt-5").ShouldBeNull();

    [Fact]
    public void The_digest_sees_prices_and_not_the_way_they_are_written()
    {
        string digest = PriceCatalogue.Parse(Text).Digest;

        digest.ShouldMatch("^sha256:[0-9a-f]{64}$");
        PriceCatalogue.Parse(Text.Replace(" ", "", StringComparison.Ordinal)).Digest.ShouldBe(digest);
        PriceCatalogue.Parse(Text.Replace("3750000", "3750001", StringComparison.Ordinal)).Digest.ShouldNotBe(digest);
    }

    [Theory]
    [InlineData("nonsense", "it is no JSON")]
    [InlineData("[]", "it must be an object")]
    [InlineData("""{ "models": {} }""", "currency must be three capital letters")]
    [InlineData("""{ "currency": "USD" }""", "models must be an object")]
    [InlineData("""{ "currency": "USD", "models": {}, "prices": {} }""", "\"prices\" is not known here")]
    [InlineData("""{ "currency": "USD", "models": { "a": 3 } }""", "a must be an object of prices")]
    [InlineData("""{ "currency": "USD", "models": { "a": { "inputMicrosPerMillion": 1 } } }""", "a must have inputMicrosPerMillion and outputMicrosPerMillion")]
    [InlineData("""{ "currency": "USD", "models": { "a": { "inputMicrosPerMillion": 0.5, "outputMicrosPerMillion": 1 } } }""", "a: inputMicrosPerMillion must be an integer")]
    [InlineData("""{ "currency": "USD", "models": { "a": { "inputMicrosPerMillion": -1, "outputMicrosPerMillion": 1 } } }""", "a: inputMicrosPerMillion must be an integer")]
    [InlineData("""{ "currency": "USD", "models": { "a": { "inputMicrosPerMillion": 1, "outputMicrosPerMillion": 1, "input": 1 } } }""", "a: \"input\" is not known here")]
    [InlineData("""{ "currency": "USD", "models": { "a*b": { "inputMicrosPerMillion": 1, "outputMicrosPerMillion": 1 } } }""", "\"a*b\" must be a model name; a * may only end it")]
    [InlineData("""{ "currency": "USD", "models": { "a": {}, "a": {} } }""", "it is no JSON")]
    public void A_bad_catalogue_says_what_is_wrong(string text, string problem) =>
        Should.Throw<PriceCatalogueException>(() => PriceCatalogue.Parse(text)).Problems.ShouldContain(found => found.Contains(problem, StringComparison.Ordinal));
}
