using AgentOperator.Api;
using AgentOperator.Manifests.Files;

namespace AgentOperator.Manifests.Tests;

public sealed class DriftTests
{
    [Fact]
    public void CommittedCrdsAreWhatTheRecordsSay() =>
        GeneratedFolder.Find(Repository.Root, "config/crd").Drift(CrdGenerator.Generate(typeof(ApiGroup).Assembly))
            .ShouldBeEmpty("run: dotnet run --project tools/AgentOperator.Manifests");

    [Fact]
    public void TheSameRecordsGiveTheSameText() =>
        CrdGenerator.Generate(typeof(ApiGroup).Assembly).ShouldBe(CrdGenerator.Generate(typeof(ApiGroup).Assembly));
}
