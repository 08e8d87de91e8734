using System.Globalization;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;

namespace AgentOperator.PromptTemplates.Revisions;

/// <summary>Finds revisions by what people call them.</summary>
internal sealed class PromptVersions(ObjectStore<PromptTemplate> templates, ObjectStore<ControllerRevision> revisions)
{
    public const string Stable = "stable";

    /// <summary>The readable revisions of a prompt.</summary>
    public IReadOnlyList<StoredRevision> Of(PromptTemplate template) =>
        [.. revisions.Indexed(template.Metadata.Uid!).Values.Select(RevisionObject.Read).OfType<StoredRevision>()];

    /// <summary>The same, with a look at the server for a revision that the status names and the cache has not seen yet.</summary>
    public async Task<(StoredRevision? Revision, string? Problem)> FindAsync(KubeClient client, string ns, string name, string? version, CancellationToken cancellation)
    {
        (StoredRevision? found, string? problem) = Find(ns, name, version);
        if (found is null && templates.Find(new ObjectKey(ns, name)) is { Status: { } status } template && Row(status, version ?? Stable) is { } row
            && await client.Resource<ControllerRevision>(ns).FindAsync(row.Object, cancellation) is { } live && live.ControllerOwner()?.Uid == template.Metadata.Uid && RevisionObject.Read(live) is { } revision)
        {
            return (revision, null);
        }

        return (found, problem);
    }

    /// <summary>A revision by <c>stable</c> (or null), number or digest; null with the reason.</summary>
    public (StoredRevision? Revision, string? Problem) Find(string? ns, string name, string? version)
    {
        if (templates.Find(new ObjectKey(ns, name)) is not { } template)
        {
            return (null, $"PromptTemplate {name} does not exist: create it in this namespace");
        }

        version ??= Stable;
        return (Find(Of(template), template.Status?.Stable, version), version) switch
        {
            ({ } found, _) => (found, null),
            (_, Stable) => (null, $"PromptTemplate {name} has no valid revision: its findings say why"),
            _ => (null, $"PromptTemplate {name} has no revision {version}: kubectl get prompt {name} -o yaml lists those that there are"),
        };
    }

    /// <summary>A revision of a list; <c>name@7</c> is the first that was made of several.</summary>
    public static StoredRevision? Find(IEnumerable<StoredRevision> among, string? stable, string version) =>
        version.Contains(':', StringComparison.Ordinal)
            ? among.FirstOrDefault(revision => revision.Digest == version)
            : (version == Stable ? stable : version) is { } number
                ? among.Where(revision => revision.Number.ToString(CultureInfo.InvariantCulture) == number).OrderBy(static revision => revision.CreatedAt?.Value).ThenBy(static revision => revision.Name, StringComparer.Ordinal).FirstOrDefault()
                : null;

    private static PromptRevision? Row(PromptTemplateStatus status, string version) =>
        status.Revisions?.FirstOrDefault(row => row.Digest == version || row.Number.ToString(CultureInfo.InvariantCulture) == (version == Stable ? status.Stable : version));
}
