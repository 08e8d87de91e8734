namespace AgentOperator.Controllers.Tests.Sharding;

/// <summary>A request on its way: it takes effect, is answered, and is given up in any order that a network allows.</summary>
internal sealed class ShardRequest
{
    private readonly Action _apply;
    private readonly Action _answer;
    private readonly Action<Exception> _fail;

    private ShardRequest(string text, Action apply, Action answer, Action<Exception> fail)
    {
        Text = text;
        _apply = apply;
        _answer = answer;
        _fail = fail;
    }

    public string Text { get; }

    public bool IsApplied { get; private set; }

    public bool IsAnswered { get; private set; }

    public bool IsOver => IsApplied && IsAnswered;

    public static (ShardRequest Request, Task<T> Answer) Of<T>(string text, Func<T> effect)
    {
        TaskCompletionSource<T> answer = new();
        Action? reply = null;
        return (new ShardRequest(
            text,
            () =>
            {
                try
                {
                    T result = effect();
                    reply = () => answer.TrySetResult(result);
                }
                catch (Exception refusal)
                {
                    reply = () => answer.TrySetException(refusal);
                }
            },
            () => reply!(),
            error => answer.TrySetException(error)), answer.Task);
    }

    public void Apply()
    {
        if (!IsApplied)
        {
            IsApplied = true;
            _apply();
        }
    }

    public void Answer()
    {
        Apply();
        if (!IsAnswered)
        {
            IsAnswered = true;
            _answer();
        }
    }

    /// <summary>The client hears nothing; whether it takes effect, and when, stays open.</summary>
    public void GiveUp()
    {
        if (!IsAnswered)
        {
            IsAnswered = true;
            _fail(new HttpRequestException("no answer"));
        }
    }
}
