using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Workflows.Locking;

/// <summary>Locks that a Workflow runs within because it is a step of another one: it has them too, else the two would wait for each other; and its pods keep them.</summary>
internal static class LocksAbove
{
    private const int HashLength = 10;

    // Of each Workflow above, that of the run and that of the step.
    private const int Most = 2 * Triggers.Children.ChildWorkflow.MaxDepth;

    /// <summary>As whom those above hold them. Anybody can write the annotation; the label of each nobody but the operator.</summary>
    public static IReadOnlyList<string> Of(Workflow workflow) => workflow.Annotation(Labels.Within) is { Length: > 0 } text
        ? [.. text.Split(',').Take(Most).Where(holder => workflow.Label(LabelOf(holder)) is not null)]
        : [];

    /// <summary>The same for the Workflow of an attempt.</summary>
    public static IReadOnlyList<string> Below(Workflow parent, long run, AttemptStart start)
    {
        List<string> holders = [.. Of(parent)];
        if (parent.Spec.Mutex is not null || parent.Spec.Semaphore is not null)
        {
            holders.Add(HolderOf(parent, run));
        }

        if (start.Step.Mutex is not null || start.Step.Semaphore is not null)
        {
            holders.Add(HolderOf(parent, run, start.Id with { Item = null }));
        }

        return holders;
    }

    /// <summary>As whom a run as a whole holds locks.</summary>
    public static string HolderOf(Workflow workflow, long run) => string.Create(CultureInfo.InvariantCulture, $"{workflow.Metadata.Uid}/{run}");

    /// <summary>As whom a step holds locks.</summary>
    public static string HolderOf(Workflow workflow, long run, AttemptId work) => $"{HolderOf(workflow, run)}/{work.Work}";

    /// <summary>The label by which Workflows below a holder are found, and their pods, also when those Workflows are gone.</summary>
    public static string LabelOf(string holder) => $"{Labels.Within}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(holder)))[..HashLength]}";
}
