using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Permits;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.Tests.Workflows.Permits;

public sealed class PermitBookTests
{
    private const int Most = 4;
    private const int MostInNamespace = 2;

    /// <summary>Each number chooses what happens next: a decision, one that comes to nothing, an attempt that ends.</summary>
    private static readonly Gen<int[]> Histories = Gen.Choose(0, 9_999).ArrayOf();

    [Fact]
    public void The_limits_hold_and_everybody_gets_in_by_being_woken_alone() =>
        Prop.ForAll(Arb.From(Histories), Run).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithEndSize(150));

    [Fact]
    public void The_higher_priority_goes_first_and_then_who_has_waited_longer()
    {
        List<string> woken = [];
        ObjectStore<Workflow> store = new();
        PermitBook book = new(store, 1, null);
        book.OnRoom(key => woken.Add(key.Name));
        Decide(store, book, Workflow("holder", "n"), "h").ShouldBe(["h"]);
        Decide(store, book, Workflow("first", "n"), "a").ShouldBeEmpty();
        Decide(store, book, Workflow("second", "n"), "b").ShouldBeEmpty();
        Decide(store, book, Workflow("urgent", "n") with { Spec = new WorkflowSpec { Priority = 10, Steps = [] } }, "c").ShouldBeEmpty();

        Decide(store, book, Workflow("holder", "n"));
        woken.ShouldBe(["urgent"]);
        Decide(store, book, Workflow("first", "n"), "a").ShouldBeEmpty();
        Decide(store, book, Workflow("urgent", "n") with { Spec = new WorkflowSpec { Priority = 10, Steps = [] } }, "c").ShouldBe(["c"]);
    }

    [Fact]
    public void A_full_namespace_holds_nobody_else_up()
    {
        ObjectStore<Workflow> store = new();
        PermitBook book = new(store, 3, 1);
        Decide(store, book, Workflow("a", "full"), "1").ShouldBe(["1"]);
        Decide(store, book, Workflow("b", "full"), "2").ShouldBeEmpty();

        Decide(store, book, Workflow("c", "free"), "3").ShouldBe(["3"]);
    }

    [Fact]
    public void A_decision_that_came_to_nothing_takes_nothing()
    {
        ObjectStore<Workflow> store = new();
        PermitBook book = new(store, 1, null);
        using (IPermitSession session = book.Begin(Workflow("a", "n")))
        {
            session.Take(new PermitRequest("n", "a", "1", 0)).ShouldBeNull();
            session.Take(new PermitRequest("n", "a", "1", 0)).ShouldBeNull();
        }

        Decide(store, book, Workflow("b", "n"), "2").ShouldBe(["2"]);
    }

    [Fact]
    public void After_a_start_what_is_under_way_counts_and_a_deleted_Workflow_does_not()
    {
        ObjectStore<Workflow> store = new();
        store.Replace([Workflow("a", "n", "1")], [], "1");
        PermitBook book = new(store, 1, null);
        List<string> woken = [];
        book.OnRoom(key => woken.Add(key.Name));
        Decide(store, book, Workflow("b", "n"), "2").ShouldBeEmpty();

        store.Remove(new ObjectKey("n", "a"), "2");

        woken.ShouldContain("b");
        Decide(store, book, Workflow("b", "n"), "2").ShouldBe(["2"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_Workflow_that_is_deleted_during_a_decision_leaves_its_room_to_others(bool isCommitted)
    {
        ObjectStore<Workflow> store = new();
        PermitBook book = new(store, 1, null);
        Show(store, Workflow("a", "n", "1"));
        using (IPermitSession session = book.Begin(Workflow("a", "n", "1")))
        {
            store.Remove(new ObjectKey("n", "a"), "2");
            if (isCommitted)
            {
                session.Commit(Status(["1"]));
            }
        }

        Decide(store, book, Workflow("b", "n"), "2").ShouldBe(["2"]);
    }

    [Fact]
    public void A_step_whose_items_have_a_Job_each_takes_room_until_its_end()
    {
        ObjectStore<Workflow> store = new();
        PermitBook book = new(store, 1, null);
        Workflow each = Workflow("each", "n") with { Spec = new WorkflowSpec { Steps = [Life.Step("x") with { ForEach = new ForEach { Items = "[1, 2]" } }] } };
        Show(store, each);
        using (IPermitSession session = book.Begin(each))
        {
            Life life = new(each.Spec) { Permits = session };
            life.Turn()["x"].Items!.Running.ShouldBe("0,1");
            session.Commit(life.Status);
        }

        Decide(store, book, Workflow("other", "n"), "1").ShouldBeEmpty();
        store.Remove(each.Key(), "2");
        Decide(store, book, Workflow("other", "n"), "1").ShouldBe(["1"]);
    }

    [Fact]
    public void What_undoes_a_Workflow_below_takes_room_and_that_one_none()
    {
        StepStatus call = new() { Name = "call", Phase = StepPhases.Running, Job = "below" };
        WorkflowStatus status = new()
        {
            RunSpec = new RunSpec { Steps = [new WorkflowStep { Name = "call", Workflow = new NestedWorkflowStep { Name = "library" } }] },
            Steps = [call],
            Compensations = [call with { Job = "undo" }],
        };

        UnderWay.Of(status).ShouldBe(["undo"]);
    }

    [Fact]
    public void What_waits_is_told_which_limit_it_is()
    {
        ObjectStore<Workflow> store = new();
        PermitBook book = new(store, null, 1);
        Decide(store, book, Workflow("a", "n"), "1");
        using IPermitSession session = book.Begin(Workflow("b", "n"));

        session.Take(new PermitRequest("n", "b", "2", 0)).ShouldBe("1 steps are under way in the namespace, as many as the operator lets be (--max-parallel-steps-per-namespace)");
    }

    private static void Run(int[] choices)
    {
        Queue<int> due = new(Enumerable.Range(0, 12));
        ObjectStore<Workflow> store = new();
        PermitBook book = new(store, Most, MostInNamespace);
        book.OnRoom(key => due.Enqueue(int.Parse(key.Name, System.Globalization.CultureInfo.InvariantCulture)));
        List<string>[] active = [.. Enumerable.Range(0, 12).Select(static _ => new List<string>())];
        List<string>[] left = [.. Enumerable.Range(0, 12).Select(static i => Enumerable.Range(0, 1 + (i % 3)).Select(step => $"{i}-{step}").ToList())];
        int next = 0;
        while (left.Any(static steps => steps.Count > 0) || active.Any(static steps => steps.Count > 0))
        {
            int choice = next < choices.Length ? choices[next] : next;
            next++.ShouldBeLessThan(5_000);
            int busy = Array.FindIndex(active, static steps => steps.Count > 0);
            if (due.Count == 0 || (choice % 3 == 0 && busy >= 0))
            {
                // An attempt ends, and its Workflow is decided on.
                busy.ShouldBeGreaterThanOrEqualTo(0, "nothing is under way and nobody was woken");
                busy = Enumerable.Range(choice % 12, 12).Select(static i => i % 12).First(i => active[i].Count > 0);
                active[busy].RemoveAt(choice % active[busy].Count);
                due.Enqueue(busy);
                continue;
            }

            int who = due.Dequeue();
            Workflow workflow = Workflow($"{who}", $"n{who % 4}", [.. active[who]]) with { Spec = new WorkflowSpec { Priority = who % 2, Steps = [] } };
            if (choice % 7 == 1)
            {
                Show(store, workflow);
                using IPermitSession dropped = book.Begin(workflow);
                foreach (string step in left[who])
                {
                    dropped.Take(new PermitRequest(workflow.Metadata.Namespace!, workflow.Metadata.Name!, step, who % 2));
                }

                due.Enqueue(who);
                continue;
            }

            foreach (string started in Decide(store, book, workflow, [.. left[who]]))
            {
                active[who].Add(started);
                left[who].Remove(started);
            }

            active.Sum(static steps => steps.Count).ShouldBeLessThanOrEqualTo(Most);
            Enumerable.Range(0, 4).Max(ns => active.Where((_, i) => i % 4 == ns).Sum(static steps => steps.Count)).ShouldBeLessThanOrEqualTo(MostInNamespace);
        }
    }

    /// <summary>A decision on a Workflow that wants these attempts; gives those that start.</summary>
    private static string[] Decide(ObjectStore<Workflow> store, PermitBook book, Workflow workflow, params string[] wanted)
    {
        Show(store, workflow);
        using IPermitSession session = book.Begin(workflow);
        string[] started = [.. wanted.Where(attempt => session.Take(new PermitRequest(workflow.Metadata.Namespace!, workflow.Metadata.Name!, attempt, workflow.Spec.Priority ?? 0)) is null)];
        session.Commit(Status([.. UnderWay.Of(workflow.Status), .. started]));
        return started;
    }

    private static void Show(ObjectStore<Workflow> store, Workflow workflow) => store.Set(workflow, "1");

    private static Workflow Workflow(string name, string ns, params string[] active) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = ns, Uid = name, ResourceVersion = "1" },
        Spec = new WorkflowSpec { Steps = [] },
        Status = Status(active),
    };

    private static WorkflowStatus Status(IReadOnlyList<string> active) => new() { Steps = [.. active.Select(static job => new StepStatus { Name = job, Phase = StepPhases.Running, Job = job })] };
}
