using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Api.Digests;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Kube.Models;
using AgentOperator.PromptTemplates.Linting;
using AgentOperator.PromptTemplates.Revisions;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.PromptTemplates.Deciding;

/// <summary>The revisions of a prompt. Numbers are kept in the ControllerRevisions, and a content that was there before keeps its own; <c>stable</c> is the newest valid one by when it became current:
/// the current one, or, while that is invalid, what stable was before.</summary>
internal static class PromptDecider
{
    private const int DefaultLimit = 20;
    private const int MostListed = 250;

    /// <param name="template">The prompt.</param>
    /// <param name="stored">Its readable revisions.</param>
    /// <param name="use">What Agents have of it.</param>
    /// <param name="now">The time.</param>
    public static PromptDecision Decide(PromptTemplate template, IReadOnlyList<StoredRevision> stored, PromptUse use, DateTimeOffset now)
    {
        PromptContent content = PromptDigest.ContentOf(template.Spec);
        string digest = PromptDigest.Of(content);
        IReadOnlyList<PromptFinding> findings = PromptLint.Of(content, template.Spec.ContextWindow);
        StoredRevision? current = stored.FirstOrDefault(revision => revision.Digest == digest);
        StoredRevision? create = null;
        if (current is null && !findings.Any(static finding => finding.Code == PromptFindingCodes.TooLarge))
        {
            current = create = new StoredRevision
            {
                Name = RevisionObject.NameOf(template.Metadata.Name!, digest),
                Number = NumberOf(template.Status, stored, digest),
                Digest = digest,
                Content = content,
                CreatedAt = new Time(now),
                WasValid = !PromptLint.HasErrors(findings),
            };
        }

        IReadOnlyList<StoredRevision> all = create is null ? stored : [.. stored, create];
        StoredRevision? stable = StableOf(template.Status, all, current);
        IReadOnlyList<StoredRevision> delete = Surplus(template.Spec, all, current, stable, use);
        PromptTemplateStatus status = new()
        {
            ObservedGeneration = template.Metadata.Generation,
            Revision = current?.Number,
            Digest = digest,
            Stable = stable?.Number.ToString(CultureInfo.InvariantCulture),
            Revisions = [.. all.Except(delete).OrderByDescending(static revision => revision.Number).ThenBy(static revision => revision.Name, StringComparer.Ordinal).Take(MostListed).Select(Row)],
            Findings = findings is [] ? null : findings,
            Conditions = Conditions.Merge(template.Status?.Conditions, Said(current, stable, findings), template.Metadata.Generation, now),
        };
        return new PromptDecision(status, create, delete);
    }

    /// <summary>The number that the content had, or one that no revision has had.</summary>
    private static long NumberOf(PromptTemplateStatus? status, IReadOnlyList<StoredRevision> stored, string digest)
    {
        IReadOnlyList<PromptRevision> listed = status?.Revisions ?? [];
        return listed.FirstOrDefault(revision => revision.Digest == digest) is { } before
            ? before.Number
            : Math.Max(Math.Max(stored.Max(static revision => (long?)revision.Number) ?? 0, listed.Max(static revision => (long?)revision.Number) ?? 0), status?.Revision ?? 0) + 1;
    }

    private static StoredRevision? StableOf(PromptTemplateStatus? status, IReadOnlyList<StoredRevision> all, StoredRevision? current)
    {
        if (current is not null && IsValid(current))
        {
            return current;
        }

        return status?.Stable is { } before && PromptVersions.Find(all, before, PromptVersions.Stable) is { } kept && IsValid(kept)
            ? kept
            : all.Where(IsValid).MaxBy(static revision => revision.Number);
    }

    /// <summary>Of those that nobody uses, all but the newest.</summary>
    private static IReadOnlyList<StoredRevision> Surplus(PromptTemplateSpec spec, IReadOnlyList<StoredRevision> all, StoredRevision? current, StoredRevision? stable, PromptUse use) =>
        [.. all.Where(revision => revision != current && revision != stable && !use.Has(revision)).OrderByDescending(static revision => revision.Number).Skip(spec.RevisionHistoryLimit ?? DefaultLimit)];

    private static bool IsValid(StoredRevision revision) => revision.WasValid || !PromptLint.HasErrors(PromptLint.Of(revision.Content, null));

    private static PromptRevision Row(StoredRevision revision) => new()
    {
        Number = revision.Number,
        Digest = revision.Digest,
        Object = revision.Name,
        CreatedAt = revision.CreatedAt,
        Valid = IsValid(revision),
        Tokens = PromptTokens.Estimate(revision.Content),
    };

    private static IReadOnlyList<ConditionState> Said(StoredRevision? current, StoredRevision? stable, IReadOnlyList<PromptFinding> findings)
    {
        if (current is not null && current == stable)
        {
            return [new(ConditionTypes.Ready, ConditionStatus.True, "Stable", $"revision {current.Number} is stable")];
        }

        PromptFinding first = findings.First(static finding => finding.Severity == PromptFindingCodes.Error);
        string message = $"{first.Path}: {first.Message}{(stable is null ? "; there is no valid revision" : $"; stable stays revision {stable.Number}")}";
        return
        [
            new(ConditionTypes.Ready, ConditionStatus.False, "LintFailed", message),
            new(ConditionTypes.Stalled, ConditionStatus.True, "LintFailed", message),
        ];
    }
}
