using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Output;

namespace AgentOperator.Cli.Tree;

/// <summary>Phases of runs and steps as a glyph and a tone.</summary>
internal static class PhaseMark
{
    public static string Glyph(string phase) => phase switch
    {
        StepPhases.Succeeded => "✔",
        StepPhases.Failed or StepPhases.Errored => "✖",
        StepPhases.Running => "●",
        StepPhases.Starting => "◌",
        StepPhases.Waiting => "◷",
        StepPhases.Skipped or StepPhases.Omitted => "–",
        StepPhases.Cancelled => "■",
        StepPhases.Compensated => "↶",
        WorkflowPhases.Suspended => "‖",
        _ => "○",
    };

    public static Tone Tone(string phase) => phase switch
    {
        StepPhases.Succeeded => Output.Tone.Good,
        StepPhases.Failed or StepPhases.Errored => Output.Tone.Bad,
        StepPhases.Running or StepPhases.Starting => Output.Tone.Busy,
        StepPhases.Waiting or WorkflowPhases.Suspended or StepPhases.Compensated or StepPhases.Cancelled => Output.Tone.Held,
        _ => Output.Tone.Dim,
    };
}
