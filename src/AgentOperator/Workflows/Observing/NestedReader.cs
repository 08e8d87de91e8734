using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Workflows.Observing;

/// <summary>Reads a Workflow that is a step of another one as an observation of the attempt.</summary>
internal static class NestedReader
{
    /// <summary>True for what the operator made of a step: an owner anybody can name, the label nobody else may write.</summary>
    public static bool IsChildOf([NotNullWhen(true)] Workflow? found, Workflow parent) =>
        found is not null && found.ControllerOwner()?.Uid == parent.Metadata.Uid && found.Label(Labels.Parent) is not null && found.Annotation(Labels.AttemptKey) is not null;

    public static AttemptObservation Read(Workflow child)
    {
        WorkflowStatus? status = child.Status;
        bool hasRun = status?.Run is not null && !WorkflowPhases.IsFinal(status.Phase);
        string? graceful = hasRun ? $"{status!.Run}/{CancelModes.Graceful}" : null;
        string? immediate = hasRun ? $"{status!.Run}/{CancelModes.Immediate}" : null;
        string? asked = child.Annotation(RequestAnnotations.Cancel);
        return new AttemptObservation
        {
            State = StateOf(status),
            JobUid = child.Metadata.Uid,

            // A cancel that was asked for is the child's to heed.
            IsDeleting = child.IsTerminating() || (hasRun && (status!.Stop is not null || asked == graceful || asked == immediate)),
            CreatedAt = child.Metadata.CreationTimestamp?.Value,
            Run = long.TryParse(child.Label(Labels.Run), NumberStyles.None, CultureInfo.InvariantCulture, out long run) ? run : null,
            Reason = status?.Phase,
            Message = status?.Message,
            IsInvalid = true,
            Nested = new NestedObservation(status?.Outputs, graceful)
            {
                IsIdle = hasRun && (status!.WaitingSince ?? status.PausedSince) is not null,
                CancelAtOnce = status?.Stop?.Mode == CancelModes.Immediate || asked == immediate ? null : immediate,
            },
        };
    }

    private static AttemptState StateOf(WorkflowStatus? status) => status switch
    {
        { Phase: WorkflowPhases.Succeeded } => AttemptState.Complete,
        { Phase: WorkflowPhases.Failed or WorkflowPhases.Compensated or WorkflowPhases.Cancelled } => AttemptState.Failed,
        { Run: null } when RunSummary.IsRefused(status) => AttemptState.Refused,
        _ => AttemptState.Active,
    };
}
