using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Requests by annotation: each is handled once, and what could not be done is said in status.</summary>
internal static class Requests
{
    public const string Cancel = "cancel";
    public const string Rerun = "rerun";
    public const string Resume = "resume";

    /// <summary>The cancel that is asked for and was not handled yet.</summary>
    public static string? NewCancel(Workflow workflow, WorkflowStatus status) => New(workflow.Annotation(RequestAnnotations.Cancel), status.LastHandledRequest?.Cancel);

    public static string? NewRerun(Workflow workflow, WorkflowStatus status) => New(workflow.Annotation(RequestAnnotations.Rerun), status.LastHandledRequest?.Rerun);

    public static string? NewResume(Workflow workflow, WorkflowStatus status) => New(workflow.Annotation(RequestAnnotations.Resume), status.LastHandledRequest?.Resume);

    public static WorkflowStatus ResumeHandled(WorkflowStatus status, string text, string? problem) => status with
    {
        LastHandledRequest = (status.LastHandledRequest ?? new HandledRequests()) with { Resume = RequestText.Echo(text), Message = Refusal(Resume, text, problem) },
    };

    public static WorkflowStatus CancelHandled(WorkflowStatus status, string text, string? problem) => status with
    {
        LastHandledRequest = (status.LastHandledRequest ?? new HandledRequests()) with { Cancel = RequestText.Echo(text), Message = Refusal(Cancel, text, problem) },
    };

    public static WorkflowStatus RerunHandled(WorkflowStatus status, string text, string? problem) => status with
    {
        LastHandledRequest = (status.LastHandledRequest ?? new HandledRequests()) with { Rerun = RequestText.Echo(text), Message = Refusal(Rerun, text, problem) },
    };

    /// <summary>A cancel or resume that comes when nothing is under way.</summary>
    public static WorkflowStatus RefuseLate(Workflow workflow, WorkflowStatus status)
    {
        if (NewResume(workflow, status) is { } resume)
        {
            status = ResumeHandled(status, resume, RequestText.SplitVisit(resume).Run is { } number ? $"run {number} is not under way" : Grammar(Resume));
        }

        return NewCancel(workflow, status) is { } text
            ? CancelHandled(status, text, CancelRequest.Parse(text) is { } cancel ? $"run {cancel.Run} is not under way" : Grammar(Cancel))
            : status;
    }

    public static string Grammar(string what) => what switch
    {
        Cancel => "write RUN/Graceful or RUN/Immediate, such as 7/Graceful",
        Resume => "write RUN/STEP, such as 7/review",
        _ => "write RUN/failed or RUN/from=STEP, such as 7/from=deploy",
    };

    /// <summary>An annotation that is gone is forgotten, so that the same text can be asked for anew.</summary>
    public static WorkflowStatus Forget(Workflow workflow, WorkflowStatus status)
    {
        if (status.LastHandledRequest is not { } handled)
        {
            return status;
        }

        HandledRequests left = handled with
        {
            Cancel = workflow.Annotation(RequestAnnotations.Cancel) is null ? null : handled.Cancel,
            Rerun = workflow.Annotation(RequestAnnotations.Rerun) is null ? null : handled.Rerun,
            Resume = workflow.Annotation(RequestAnnotations.Resume) is null ? null : handled.Resume,
        };
        return left == handled ? status : status with { LastHandledRequest = left is { Cancel: null, Rerun: null, Resume: null } ? null : left };
    }

    private static string? New(string? asked, string? handled) => asked is not null && RequestText.Echo(asked) != handled ? asked : null;

    private static string? Refusal(string what, string text, string? problem) => problem is null ? null : Sentence.Limit($"{what} {RequestText.Echo(text)} was not done: {problem}");
}
