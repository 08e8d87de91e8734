using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Approvals.Deciding;

/// <summary>The annotation in which an admission policy collects who changed what a run executes.</summary>
internal static class AuthorStamp
{
    private const int MaxAuthors = 100;
    private const int MaxName = 512;

    /// <summary>The authors; null without a stamp, or with one that status cannot hold: then nobody is known.</summary>
    public static IReadOnlyList<string>? Read(Workflow workflow)
    {
        string[] authors = workflow.Annotation(Labels.Authors) is { Length: > 0 } text ? text.Split('\n') : [];
        return authors.Length is 0 or > MaxAuthors || Array.Exists(authors, static author => author.Length is 0 or > MaxName) ? null : authors;
    }
}
