using System.Numerics;
using AgentOperator.Kube.Models;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.Kube.Tests.Models;

public sealed class ResourceVersionsTests
{
    [Theory]
    [InlineData("9", "10", -1)]
    [InlineData("10", "10", 0)]
    [InlineData("2", "1", 1)]
    [InlineData("18446744073709551616", "18446744073709551615", 1)]
    [InlineData("100000000000000000000000000000000000000000", "99999999999999999999999999999999999999999", 1)]
    public void Versions_are_ordered_as_numbers_of_any_length(string left, string right, int expected) =>
        Math.Sign(ResourceVersions.Compare(left, right)).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("01")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("1a")]
    [InlineData(" 1")]
    [InlineData("١")]
    public void What_is_no_decimal_number_cannot_be_compared(string version)
    {
        ResourceVersions.IsComparable(version).ShouldBeFalse();
        Should.Throw<FormatException>(() => ResourceVersions.Compare(version, "1"));
        Should.Throw<FormatException>(() => ResourceVersions.AtLeast("1", version));
    }

    [Fact]
    public void Null_cannot_be_compared() => ResourceVersions.IsComparable(null).ShouldBeFalse();

    [Fact]
    public void The_order_is_that_of_numbers() =>
        Prop.ForAll<PositiveInt, PositiveInt, PositiveInt>(static (a, b, scale) =>
        {
            BigInteger factor = BigInteger.Pow(10, scale.Get % 40);
            BigInteger left = a.Get * factor;
            BigInteger right = (b.Get * factor) + 1;
            return Math.Sign(ResourceVersions.Compare(left.ToString(), right.ToString())) == left.CompareTo(right)
                && ResourceVersions.AtLeast(left.ToString(), right.ToString()) == left >= right;
        }).Check(Config.QuickThrowOnFailure);
}
