using AgentOperator.Api.Digests;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.PromptTemplates.Deciding;
using AgentOperator.PromptTemplates.Revisions;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.Tests.PromptTemplates;

/// <summary>Random edits, with the operator killed between any two of its actions.</summary>
public sealed class PromptHistoryTests
{
    [Fact]
    public void Whatever_happens_numbers_stay_and_what_is_used_is_kept() => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static void Check(int seed)
    {
        Random random = new(seed);
        string[] contents = ["one", "two", "three", "four", "Hello {{nobody}}", "Hi {{ "];
        List<StoredRevision> stored = [];
        Dictionary<string, long> numbers = [];
        PromptTemplateStatus? status = null;
        string? used = null;
        for (int turn = 0; turn < 30; turn++)
        {
            PromptTemplate template = Prompts.Template(contents[random.Next(contents.Length)], status);
            template = template with { Spec = template.Spec with { RevisionHistoryLimit = 1 } };
            PromptUse use = new(new HashSet<string>(used is null ? [] : [used]), new HashSet<string>());
            for (int attempt = 0; attempt < 2; attempt++)
            {
                PromptDecision decision = PromptDecider.Decide(template, [.. stored], use, DateTimeOffset.UnixEpoch.AddMinutes(turn));
                int reached = attempt == 1 ? 3 : random.Next(4);
                if (reached > 0 && decision.Create is { } create)
                {
                    stored.Add(create);
                }

                if (reached > 1)
                {
                    status = decision.Status;
                    template = template with { Status = status };
                }

                if (reached > 2)
                {
                    stored.RemoveAll(decision.Delete.Contains);
                }
            }

            string digest = PromptDigest.Of(PromptDigest.ContentOf(template.Spec));
            StoredRevision current = stored.Single(revision => revision.Digest == digest);
            status!.Revision.ShouldBe(current.Number);
            stored.Select(static revision => revision.Number).ShouldBeUnique();
            foreach (StoredRevision revision in stored)
            {
                numbers.TryAdd(revision.Digest, revision.Number);
                if (revision.Digest == used)
                {
                    revision.Number.ShouldBe(numbers[revision.Digest], "a revision that is kept changed its number");
                }

                numbers[revision.Digest] = revision.Number;
            }

            if (status.Stable is not null)
            {
                StoredRevision stable = PromptVersions.Find(stored, status.Stable, PromptVersions.Stable).ShouldNotBeNull("stable was pruned");
                stable.WasValid.ShouldBeTrue();
                (current.WasValid ? current : stable).ShouldBe(stable);
            }

            if (used is not null)
            {
                stored.ShouldContain(revision => revision.Digest == used, "a revision in use was pruned");
            }

            used = random.Next(3) == 0 ? stored[random.Next(stored.Count)].Digest : used;
        }
    }
}
