using System.Text;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Node.Config;
using AgentOperator.Local.Node.Mounts;
using AgentOperator.Local.Node.Probes;
using AgentOperator.Local.Node.Volumes;

namespace AgentOperator.Local.Tests.Node;

public sealed class VolumeUnitTests
{
    [Fact]
    public void Files_are_swapped_at_once_and_old_ones_go()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("local-cluster-");
        AtomicFolder.Write(folder.FullName, [File("a", "1"), File("deep/b", "2")], "v1").ShouldBeTrue();
        AtomicFolder.Write(folder.FullName, [File("a", "1"), File("deep/b", "2")], "v2").ShouldBeFalse();
        AtomicFolder.Write(folder.FullName, [File("a", "3")], "v3").ShouldBeTrue();
        System.IO.File.ReadAllText(Path.Combine(folder.FullName, "a")).ShouldBe("3");
        folder.EnumerateFileSystemInfos().Select(static entry => entry.Name).Order(StringComparer.Ordinal).ShouldBe(["..data", "..v3", "a"]);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_token_is_renewed_after_four_fifths_of_its_life_or_a_day()
    {
        DateTimeOffset now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        new IssuedToken("t", now, now.AddSeconds(600)).RenewAt.ShouldBe(now.AddSeconds(480));
        new IssuedToken("t", now, now.AddDays(30)).RenewAt.ShouldBe(now.AddDays(1));
    }

    [Fact]
    public void Links_of_this_machine_are_followed() => SandboxPath.Resolve("/var/run/secrets/x").ShouldBe(new FileInfo("/var/run").LinkTarget is null ? "/var/run/secrets/x" : "/run/secrets/x");

    [Theory]
    [InlineData("1500m", 1.5)]
    [InlineData("64Mi", 67108864)]
    [InlineData("2", 2)]
    [InlineData("1k", 1000)]
    [InlineData("1e3", 1000)]
    public void Quantities_are_read(string text, double value) => ResourceFields.Parse(text).ShouldBe((decimal)value);

    [Fact]
    public void A_verdict_needs_its_threshold_in_a_row()
    {
        ProbeTally tally = new(new Probe { FailureThreshold = 2 });
        tally.Take(false).ShouldBeNull();
        tally.Take(true).ShouldBe(true);
        tally.Take(false).ShouldBeNull();
        tally.Take(false).ShouldBe(false);
    }

    private static VolumeFile File(string path, string text) => new(path, Encoding.UTF8.GetBytes(text), VolumeFile.ModeOf(null, null));
}
