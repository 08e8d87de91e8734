using System.Diagnostics;
using AgentOperator.Local.Processes;
using AgentOperator.Local.State;

namespace AgentOperator.Local.Tests.State;

public sealed class LeftoversTests
{
    [Fact]
    public async Task Leftovers_are_ended_and_strangers_are_not()
    {
        DirectoryInfo state = Directory.CreateTempSubdirectory("local-cluster-");
        ClusterFolder folder = ClusterFolder.Of("left", state.FullName);
        folder.Create();
        using ProcessLauncher launcher = new();
        using Process left = await launcher.StartAsync(new ProcessStartInfo("sleep", "1000"));
        using Process stranger = await launcher.StartAsync(new ProcessStartInfo("sleep", "1000"));
        ProcessIdentity strangerNow = ProcessIdentity.Read(stranger.Id)!;
        new ProcessTable(null, [ProcessIdentity.Read(left.Id)!, strangerNow with { Started = strangerNow.Started - 1 }]).Write(folder);

        (await Leftovers.ReapAsync(folder, TimeProvider.System, TestContext.Current.CancellationToken)).ShouldBe(1);
        await left.WaitForExitAsync(TestContext.Current.CancellationToken);
        strangerNow.IsAlive.ShouldBeTrue();
        stranger.Kill();
        await stranger.WaitForExitAsync(TestContext.Current.CancellationToken);
        state.Delete(recursive: true);
    }
}
