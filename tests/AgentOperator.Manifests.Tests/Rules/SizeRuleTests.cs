using AgentOperator.Manifests.Rules;

namespace AgentOperator.Manifests.Tests.Rules;

public sealed class SizeRuleTests
{
    [Fact]
    public void ACrdAtTheLimitPasses() => SizeRule.Check("things.example.dev", new string('a', SizeRule.Maximum)).ShouldBeNull();

    [Fact]
    public void SizeIsCountedInBytes() =>
        SizeRule.Check("things.example.dev", new string('é', (SizeRule.Maximum / 2) + 1)).ShouldBe("things.example.dev: the CRD has 204802 bytes, the limit is 204800");
}
