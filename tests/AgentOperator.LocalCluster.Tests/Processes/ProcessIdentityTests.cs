using AgentOperator.Local.Processes;

namespace AgentOperator.Local.Tests.Processes;

public sealed class ProcessIdentityTests
{
    private const string Rest = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20 21";

    [Fact]
    public void The_start_time_is_found_behind_any_program_name() =>
        ProcessIdentity.Parse(42, $"42 (a) b (c)) S {Rest}").ShouldBe(new ProcessIdentity(42, 4711));

    [Fact]
    public void A_zombie_is_not_alive() => ProcessIdentity.Parse(42, $"42 (sh) Z {Rest}").ShouldBeNull();

    [Fact]
    public void Another_process_under_the_same_id_is_a_stranger()
    {
        ProcessIdentity self = ProcessIdentity.Read(Environment.ProcessId)!;
        self.IsAlive.ShouldBeTrue();
        (self with { Started = self.Started - 1 }).IsAlive.ShouldBeFalse();
    }
}
