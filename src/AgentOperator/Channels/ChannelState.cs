namespace AgentOperator.Channels;

/// <summary>Whether the channel is there. Until that is known, no pod is made: it would never learn the address.</summary>
internal sealed class ChannelState
{
    private readonly TaskCompletionSource<ChannelAccess?> _access = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Why there is no channel yet; null once there is one, or none is wanted.</summary>
    public string? Problem { get; private set; } = "is not served yet";

    /// <summary>Whether it was tried in vain; before that it is a matter of a moment.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>How pods reach the channel, null when the operator has none: false while it is not known yet, and <see cref="Problem"/> says why.</summary>
    public bool TryGet(out ChannelAccess? access)
    {
        bool isKnown = _access.Task.IsCompletedSuccessfully;
        access = isKnown ? _access.Task.Result : null;
        return isKnown;
    }

    public void Open(ChannelAccess access)
    {
        Problem = null;
        _access.TrySetResult(access);
    }

    /// <summary>The operator is to have none.</summary>
    public void Close()
    {
        Problem = null;
        _access.TrySetResult(null);
    }

    public void Fail(string problem) => (Problem, HasFailed) = (problem, true);
}
