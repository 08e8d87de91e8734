using AgentOperator.Api.Agents;

namespace AgentOperator.PromptTemplates.Revisions;

/// <summary>What Agents have of one prompt, or name of it: none of that is pruned.</summary>
internal sealed record PromptUse(IReadOnlySet<string> Digests, IReadOnlySet<string> Numbers)
{
    public static PromptUse None { get; } = new(new HashSet<string>(), new HashSet<string>());

    public static PromptUse Of(string prompt, IEnumerable<Agent> agents)
    {
        HashSet<string> digests = new(StringComparer.Ordinal);
        HashSet<string> numbers = new(StringComparer.Ordinal);
        foreach (Agent agent in agents)
        {
            if (agent.Status?.Prompt is { } resolved && resolved.Name == prompt)
            {
                digests.Add(resolved.Digest);
            }

            if (agent.Spec.Prompt is { Version: { } version } named && named.Name == prompt)
            {
                _ = version.Contains(':', StringComparison.Ordinal) ? digests.Add(version) : numbers.Add(version);
            }
        }

        return new PromptUse(digests, numbers);
    }

    public bool Has(StoredRevision revision) =>
        Digests.Contains(revision.Digest) || Numbers.Contains(revision.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
