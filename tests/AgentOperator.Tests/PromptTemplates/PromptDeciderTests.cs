using AgentOperator.Api;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.PromptTemplates.Deciding;
using AgentOperator.PromptTemplates.Revisions;

namespace AgentOperator.Tests.PromptTemplates;

public sealed class PromptDeciderTests
{
    private const string Bad = "Hello {{nobody}}";

    private readonly List<StoredRevision> _stored = [];
    private PromptTemplateStatus? _status;
    private PromptUse _use = PromptUse.None;
    private int? _limit;

    [Fact]
    public void Each_content_is_a_revision_and_the_newest_valid_one_is_stable()
    {
        Apply("one").Stable.ShouldBe("1");
        PromptTemplateStatus status = Apply("two");

        (status.Revision, status.Stable).ShouldBe((2, "2"));
        status.Revisions!.Select(static revision => revision.Number).ShouldBe([2, 1]);
        Ready(status).ShouldBe(("True", "Stable"));
    }

    [Fact]
    public void What_a_model_does_not_see_makes_no_revision()
    {
        Apply("one");

        PromptTemplate described = Prompts.Template("one", _status) with { Spec = Prompts.Template("one").Spec with { Description = "said otherwise", ContextWindow = 10, RevisionHistoryLimit = 3 } };

        PromptDecider.Decide(described, _stored, _use, default).Create.ShouldBeNull();
    }

    [Fact]
    public void A_content_that_comes_back_keeps_its_number_and_is_stable_again()
    {
        Apply("one");
        Apply("two");

        PromptTemplateStatus status = Apply("one");

        (status.Revision, status.Stable).ShouldBe((1, "1"));
        Apply("three").Revision.ShouldBe(3);
    }

    [Fact]
    public void An_invalid_revision_never_is_stable_and_the_one_before_stays_although_it_is_not_the_highest()
    {
        Apply("one");
        Apply("two");
        Apply("one");

        PromptTemplateStatus status = Apply(Bad);

        (status.Revision, status.Stable).ShouldBe((3, "1"));
        Ready(status).ShouldBe(("False", "LintFailed"));
        status.Conditions!.Single(static condition => condition.Type == ConditionTypes.Stalled).Message.ShouldBe("template.messages[0]: {{nobody}} is not in inputs: declare it under inputs.properties, or correct its name; stable stays revision 1");
        status.Findings!.ShouldHaveSingleItem().Code.ShouldBe("UnknownVariable");
        status.Revisions![0].Valid.ShouldBeFalse();
    }

    [Fact]
    public void A_prompt_that_never_was_valid_has_no_stable()
    {
        PromptTemplateStatus status = Apply(Bad);

        status.Stable.ShouldBeNull();
        status.Conditions!.ShouldContain(static condition => condition.Type == ConditionTypes.Stalled && condition.Status == "True");
        Apply("one").Conditions!.ShouldNotContain(static condition => condition.Type == ConditionTypes.Stalled);
    }

    [Fact]
    public void A_status_that_was_lost_costs_no_number()
    {
        Apply("one");
        Apply("two");
        _status = null;

        Apply("two").Revision.ShouldBe(2);
        Apply("three").Revision.ShouldBe(3);
    }

    [Fact]
    public void A_revision_that_was_deleted_by_hand_comes_back_under_its_number()
    {
        Apply("one");
        Apply("two");
        _stored.RemoveAll(static revision => revision.Number == 1);

        Apply("one").Revision.ShouldBe(1);
    }

    [Fact]
    public void The_oldest_that_nobody_uses_are_pruned()
    {
        _limit = 1;
        Apply("one");
        Apply("two");
        _use = new PromptUse(new HashSet<string> { _stored[0].Digest }, new HashSet<string>());
        Apply("three");
        Apply("four");

        Apply("five").Revisions!.Select(static revision => revision.Number).ShouldBe([5, 4, 1]);
    }

    [Fact]
    public void A_pinned_number_is_in_use()
    {
        _limit = 1;
        Apply("one");
        _use = new PromptUse(new HashSet<string>(), new HashSet<string> { "1" });
        Apply("two");
        Apply("three");

        Apply("four").Revisions!.Select(static revision => revision.Number).ShouldBe([4, 3, 1]);
    }

    [Fact]
    public void A_revision_is_read_back_as_it_was_stored()
    {
        Apply("one");
        PromptTemplate template = Prompts.Template("one");

        ControllerRevision stored = RevisionObject.Build(template, _stored[0]) with { };

        RevisionObject.Read(stored)!.Digest.ShouldBe(_stored[0].Digest);
        stored.Metadata.OwnerReferences!.Single().Uid.ShouldBe("0d6f");
        stored.Metadata.Name.ShouldBe($"reviewer-{_stored[0].Digest["sha256:".Length..][..16]}");
    }

    [Fact]
    public void A_revision_that_somebody_changed_is_none()
    {
        Apply("one");
        ControllerRevision stored = RevisionObject.Build(Prompts.Template("one"), _stored[0]);
        ControllerRevision other = RevisionObject.Build(Prompts.Template("two"), _stored[0] with { Content = Prompts.Content("""{"template":{"messages":[{"role":"user","content":"two"}]}}""") });

        RevisionObject.Read(stored with { Data = other.Data }).ShouldBeNull();
    }

    [Theory]
    [InlineData(null, "2")]
    [InlineData("stable", "2")]
    [InlineData("1", "1")]
    [InlineData("7", null)]
    public void Revisions_are_found_by_stable_and_by_number(string? version, string? found)
    {
        Apply("one");
        Apply("two");

        PromptVersions.Find(_stored, _status!.Stable, version ?? PromptVersions.Stable)?.Number.ToString().ShouldBe(found);
        PromptVersions.Find(_stored, _status.Stable, _stored[0].Digest)!.Number.ShouldBe(1);
    }

    /// <summary>Decides for a content and carries everything out.</summary>
    private PromptTemplateStatus Apply(string message)
    {
        PromptTemplate template = Prompts.Template(message, _status);
        template = template with { Spec = template.Spec with { RevisionHistoryLimit = _limit } };
        PromptDecision decision = PromptDecider.Decide(template, [.. _stored], _use, new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        if (decision.Create is { } create)
        {
            _stored.Add(create);
        }

        _status = decision.Status;
        _stored.RemoveAll(decision.Delete.Contains);
        return decision.Status;
    }

    private static (string Status, string Reason) Ready(PromptTemplateStatus status)
    {
        Condition ready = status.Conditions!.Single(static condition => condition.Type == ConditionTypes.Ready);
        return (ready.Status, ready.Reason);
    }
}
