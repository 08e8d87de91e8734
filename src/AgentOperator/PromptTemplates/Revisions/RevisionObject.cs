using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Digests;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Api.Runtime;
using AgentOperator.Controllers.Owning;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;

namespace AgentOperator.PromptTemplates.Revisions;

/// <summary>Revisions to and from ControllerRevisions.</summary>
internal static class RevisionObject
{
    private const string DigestAnnotation = ApiGroup.Name + "/digest";
    private const string ValidAnnotation = ApiGroup.Name + "/valid";
    private const int DigestDigits = 16;
    private const int LongestPrefix = 200;

    // Objects of a cache are immutable: each is checked once.
    private static readonly ConditionalWeakTable<ControllerRevision, StoredRevision> Known = new();

    /// <summary>Named by prompt and content: whoever makes it twice makes it once.</summary>
    public static string NameOf(string prompt, string digest)
    {
        string prefix = prompt.Length <= LongestPrefix ? prompt : prompt[..LongestPrefix].TrimEnd('.', '-');
        return $"{prefix}-{digest[(digest.IndexOf(':', StringComparison.Ordinal) + 1)..][..DigestDigits]}";
    }

    public static ControllerRevision Build(PromptTemplate template, StoredRevision revision) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = revision.Name,
            Namespace = template.Metadata.Namespace,
            Labels = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [Labels.Prompt] = PromptLabel(template.Metadata.Name!),
                [Labels.ManagedBy] = Labels.ManagedByValue,
                [Labels.PartOf] = Labels.ManagedByValue,
                [Labels.AppName] = "prompttemplate",
            },
            Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [DigestAnnotation] = revision.Digest, [ValidAnnotation] = revision.WasValid ? "true" : "false" },
            OwnerReferences = [Owners.Controlling(template, template.Metadata.Namespace) with { BlockOwnerDeletion = null }],
        },
        Data = JsonSerializer.SerializeToElement(revision.Content, RuntimeJsonContext.Default.PromptContent),
        Revision = revision.Number,
    };

    /// <summary>Null when it does not hold what it says.</summary>
    public static StoredRevision? Read(ControllerRevision stored)
    {
        if (Known.TryGetValue(stored, out StoredRevision? known))
        {
            return known;
        }

        if (Parse(stored) is not { } revision)
        {
            return null;
        }

        Known.AddOrUpdate(stored, revision);
        return revision;
    }

    /// <summary>Names of objects are longer than labels may be.</summary>
    private static string PromptLabel(string name) => name.Length <= 63 ? name : name[..63].TrimEnd('.', '-');

    private static StoredRevision? Parse(ControllerRevision stored)
    {
        try
        {
            return stored.Annotation(DigestAnnotation) is { } digest
                && stored.Data?.Deserialize(RuntimeJsonContext.Default.PromptContent) is { Messages: not null } content
                && PromptDigest.Of(content) == digest
                ? new StoredRevision
                {
                    Name = stored.Metadata.Name!,
                    Number = stored.Revision,
                    Digest = digest,
                    Content = content,
                    CreatedAt = stored.Metadata.CreationTimestamp,
                    WasValid = stored.Annotation(ValidAnnotation) == "true",
                }
                : null;
        }
        catch (JsonException)
        {
            // Somebody wrote something else into it.
            return null;
        }
    }
}
