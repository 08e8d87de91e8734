using System.Text.RegularExpressions;

namespace AgentOperator.AgentRuntime.Models.Scripted;

/// <summary>When something is said to the model, and what it answers then.</summary>
internal sealed class ScriptRule
{
    private int _used;

    /// <summary>The model's name; null is any.</summary>
    public string? Model { get; init; }

    /// <summary>Text within the last user message, ordinal.</summary>
    public string? Contains { get; init; }

    /// <summary>Matched against the last user message; its groups are <c>$1</c> to <c>$9</c> in the answer.</summary>
    public Regex? Matches { get; init; }

    /// <summary>The tool whose result is the last message; <c>*</c> is any tool.</summary>
    public string? Tool { get; init; }

    /// <summary>1 is the model's first answer of the conversation.</summary>
    public int? Turn { get; init; }

    /// <summary>Without any condition a rule fits everything, results of tools included.</summary>
    public bool IsUnconditional => Model is null && Contains is null && Matches is null && Tool is null && Turn is null;

    public TimeSpan Delay { get; init; }

    public ScriptFailure? Fail { get; init; }

    /// <summary>Never answers.</summary>
    public bool Hang { get; init; }

    /// <summary>How often the rule applies in this process; null is without end.</summary>
    public int? Times { get; init; }

    public ScriptAnswer Answer { get; init; } = new();

    /// <summary>Uses the rule once; false when it is used up.</summary>
    public bool Take() => Times is not { } times || Interlocked.Increment(ref _used) <= times;
}
