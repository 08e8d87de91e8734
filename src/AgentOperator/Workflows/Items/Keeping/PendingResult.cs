namespace AgentOperator.Workflows.Items.Keeping;

/// <summary>A result on its way into a ConfigMap.</summary>
internal sealed class PendingResult(string key, string text, bool isBounded)
{
    private readonly TaskCompletionSource<KeepOutcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Key => key;

    public string Text => text;

    /// <summary>False for what was already taken elsewhere, and is small: it must be kept.</summary>
    public bool IsBounded => isBounded;

    public int Size { get; } = ResultPart.SizeOf(key, text);

    /// <summary>Completes when the write that it went with is durable.</summary>
    public Task<KeepOutcome> Done => _done.Task;

    public void Answer(KeepOutcome outcome) => _done.TrySetResult(outcome);

    public void Fail(Exception error) => _done.TrySetException(error);
}
