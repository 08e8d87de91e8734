using System.Text.Json;
using AgentOperator.Workflows.Locking;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.Tests.Workflows.Locking;

public sealed class LockRecordTests
{
    private static readonly Gen<LockStep> Step = Gen.Frequency(
        (6, Gen.Choose(0, 9).SelectMany(static _ => Gen.Choose(-1, 2), static (who, priority) => (LockStep)new LockStep.Ask(who, priority))),
        (4, Gen.Choose(0, 9).Select(static who => (LockStep)new LockStep.Release(who))),
        (1, Gen.Choose(0, 4).Select(static limit => (LockStep)new LockStep.Limit(limit))),
        (2, Gen.Choose(0, 9).Select(static who => (LockStep)new LockStep.LateWrite(who))));

    [Fact]
    public void Never_too_many_hold_it_nobody_is_forgotten_and_who_is_next_goes_next() =>
        Prop.ForAll(Arb.From(Step.ArrayOf(), Shorter), Run).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(80));

    [Fact]
    public void A_step_of_a_run_that_holds_the_lock_has_it_too()
    {
        LockRecord record = New().Ask(new LockEntry("u1/1", "n", "w", 0)).Grant(1, null);

        record.IsHeldBy("u1/1/a/1").ShouldBeTrue();
        record.IsHeldBy("u1/10").ShouldBeFalse();
    }

    [Fact]
    public void A_full_queue_keeps_the_higher_priorities()
    {
        LockRecord record = New();
        for (int i = 0; i < 2_400; i++)
        {
            record = record.Ask(Entry(i, i % 2)).Grant(null, "closed");
        }

        record.IsFull.ShouldBeTrue();
        record.Waiters.Count.ShouldBeInRange(900, 1_100);
        record.Waiters.ShouldAllBe(static waiter => waiter.Priority == 1);
        JsonSerializer.Serialize(record, OperatorJsonContext.Default.LockRecord).Length.ShouldBeLessThan(200_000);
    }

    [Theory]
    [InlineData(LockId.Mutex, "database", "agentoperator-lock-database-[0-9a-f]{10}")]
    [InlineData(LockId.Semaphore, "limits/DATABASE_max", "agentoperator-lock-limits----------max-[0-9a-f]{10}")]
    public void The_lease_of_a_lock_has_a_readable_name(string kind, string name, string expected) => new LockId("n", kind, name).LeaseName.ShouldMatch($"^{expected}$");

    [Fact]
    public void Locks_of_two_kinds_or_of_similar_names_are_two() =>
        new[] { new LockId("n", LockId.Mutex, "a-b"), new LockId("n", LockId.Semaphore, "a/b"), new LockId("n", LockId.Mutex, "a--b") }.Select(static id => id.LeaseName).Distinct().Count().ShouldBe(3);

    private static LockRecord New() => new() { Kind = LockId.Mutex, Name = "m" };

    private static LockEntry Entry(int who, int priority) => new($"0d6f9d62-7d4f-4d5e-8a35-0000000{who:00000}/1/step/1", "some-namespace", $"some-workflow-{who}", priority);

    private static void Run(LockStep[] steps)
    {
        LockRecord record = New();
        LockRecord stale = record;
        int limit = 2;
        List<(string Holder, int Priority)> waiting = [];
        HashSet<string> holding = new(StringComparer.Ordinal);
        foreach (LockStep step in steps)
        {
            LockRecord before = record;
            switch (step)
            {
                case LockStep.Ask ask:
                    record = record.Ask(Entry(ask.Who, ask.Priority)).Grant(limit, null);
                    Asked(Entry(ask.Who, ask.Priority));
                    break;
                case LockStep.Release release:
                    record = record.Drop(entry => entry.Holder == Entry(release.Who, 0).Holder).Grant(limit, null);
                    waiting.RemoveAll(waiter => waiter.Holder == Entry(release.Who, 0).Holder);
                    holding.Remove(Entry(release.Who, 0).Holder);
                    break;
                case LockStep.Limit change:
                    limit = change.Most;
                    record = record.Grant(limit, null);
                    break;
                case LockStep.LateWrite late:
                    // Computed from what was read before: the server refuses it, unless nothing has happened since.
                    LockRecord written = stale.Ask(Entry(late.Who, 0)).Grant(limit, null);
                    if (ReferenceEquals(stale, record))
                    {
                        record = written;
                        Asked(Entry(late.Who, 0));
                    }

                    break;
            }

            stale = before;
            foreach ((string holder, int _) in waiting.OrderByDescending(static waiter => waiter.Priority).Take(Math.Max(0, limit - holding.Count)).ToArray())
            {
                holding.Add(holder);
                waiting.RemoveAll(waiter => waiter.Holder == holder);
            }

            record.Holders.Select(static holder => holder.Holder).Order(StringComparer.Ordinal).ShouldBe(holding.Order(StringComparer.Ordinal));
            record.Waiters.Select(static waiter => waiter.Holder).ShouldBe(waiting.Select(static waiter => waiter.Holder));
            record.Holders.Count.ShouldBeLessThanOrEqualTo(Math.Max(limit, before.Holders.Count));
        }

        void Asked(LockEntry entry)
        {
            int place = waiting.FindIndex(waiter => waiter.Holder == entry.Holder);
            if (place >= 0)
            {
                waiting[place] = (entry.Holder, entry.Priority);
            }
            else if (!holding.Contains(entry.Holder))
            {
                waiting.Add((entry.Holder, entry.Priority));
            }
        }
    }

    private static IEnumerable<LockStep[]> Shorter(LockStep[] steps) => steps.Select((_, left) => steps.Where((_, index) => index != left).ToArray());
}
