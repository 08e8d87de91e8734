using AgentOperator.Api.Prices;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.AgentRuntime.Tests.Prices;

public sealed class CostTests
{
    private static readonly ModelPrice Sonnet = new()
    {
        InputMicrosPerMillion = 3_000_000,
        OutputMicrosPerMillion = 15_000_000,
        CachedInputMicrosPerMillion = 300_000,
        CacheWriteMicrosPerMillion = 3_750_000,
    };

    private static Gen<TokenUsage> Usages =>
        from cached in Gen.Choose(0, 1_000_000)
        from written in Gen.Choose(0, 1_000_000)
        from plain in Gen.Choose(0, 1_000_000)
        from output in Gen.Choose(0, 1_000_000)
        select new TokenUsage { Input = cached + written + plain, CachedInput = cached, CacheWrite = written, Output = output };

    [Fact]
    public void Each_kind_of_token_has_its_price() =>
        Cost.Of(new TokenUsage { Input = 1_000_000 + 200_000 + 100_000, CachedInput = 200_000, CacheWrite = 100_000, Output = 10_000 }, Sonnet)
            .ShouldBe(3_000_000 + 60_000 + 375_000 + 150_000);

    [Fact]
    public void Without_a_price_for_the_cache_its_tokens_cost_as_input() =>
        Cost.Of(new TokenUsage { Input = 100, CachedInput = 50, CacheWrite = 50 }, new ModelPrice { InputMicrosPerMillion = 1_000_000, OutputMicrosPerMillion = 0 }).ShouldBe(100);

    [Fact]
    public void Reasoning_is_paid_once_as_part_of_the_output() =>
        Cost.Of(new TokenUsage { Output = 100, Reasoning = 90 }, Sonnet).ShouldBe(Cost.Of(new TokenUsage { Output = 100 }, Sonnet));

    [Fact]
    public void A_call_is_rounded_up_once()
    {
        ModelPrice cheap = new() { InputMicrosPerMillion = 1, OutputMicrosPerMillion = 1 };

        Cost.Of(new TokenUsage { Input = 1, Output = 1 }, cheap).ShouldBe(1);
        Cost.Of(new TokenUsage { Input = 500_000, Output = 500_000 }, cheap).ShouldBe(1);
        Cost.Of(new TokenUsage { Input = 500_000, Output = 500_001 }, cheap).ShouldBe(2);
        Cost.Of(TokenUsage.None, cheap).ShouldBe(0);
    }

    [Fact]
    public void An_unknown_price_is_no_cost_and_not_zero()
    {
        Cost.Of(new TokenUsage { Input = 1 }, price: null).ShouldBeNull();
        Cost.Sum([1, null, 3]).ShouldBeNull();
        Cost.Sum([]).ShouldBe(0);
    }

    [Fact]
    public void Nothing_overflows_and_nothing_is_negative()
    {
        ModelPrice dear = new() { InputMicrosPerMillion = long.MaxValue, OutputMicrosPerMillion = long.MaxValue };

        Cost.Of(new TokenUsage { Input = long.MaxValue, Output = long.MaxValue }, dear).ShouldBe(long.MaxValue);
        Cost.Sum([long.MaxValue, long.MaxValue]).ShouldBe(long.MaxValue);
        Cost.Of(new TokenUsage { Input = 10, CachedInput = 1000, CacheWrite = 1000, Output = -5 }, Sonnet).ShouldBe(3);
        TokenUsage.Sum([new TokenUsage { Input = long.MaxValue }, new TokenUsage { Input = 1 }]).Input.ShouldBe(long.MaxValue);
    }

    [Fact]
    public void The_sum_over_calls_is_never_too_low_and_less_than_one_millionth_a_call_too_high() =>
        Prop.ForAll(Usages.ListOf().ToArbitrary(), static usages =>
        {
            long sum = Cost.Sum(usages.Select(static usage => Cost.Of(usage, Sonnet)))!.Value;
            long atOnce = Cost.Of(TokenUsage.Sum(usages), Sonnet)!.Value;
            return sum >= atOnce && sum - atOnce <= usages.Count;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_sum_does_not_depend_on_the_order() =>
        Prop.ForAll(Usages.ListOf().ToArbitrary(), static usages =>
            TokenUsage.Sum(usages).Equals(TokenUsage.Sum(usages.AsEnumerable().Reverse())) && TokenUsage.Sum(usages).Input == usages.Sum(static usage => usage.Input)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(12_300, "0.0123 USD")]
    [InlineData(12_500_000, "12.50 USD")]
    [InlineData(1, "0.000001 USD")]
    [InlineData(0, "0.00 USD")]
    [InlineData(-1_500_000, "-1.50 USD")]
    [InlineData(long.MaxValue, "9223372036854.775807 USD")]
    public void Money_is_shown_with_every_digit_that_counts(long micros, string shown) => Money.Format(micros, "USD").ShouldBe(shown);
}
