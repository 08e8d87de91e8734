namespace AgentOperator.Local.Dapr.Injection;

/// <summary>How many pods of the injector run: without any the webhook is down.</summary>
internal sealed class InjectorSwitch
{
    private int _running;

    public bool IsOn => Volatile.Read(ref _running) > 0;

    public void Add() => Interlocked.Increment(ref _running);

    public void Remove() => Interlocked.Decrement(ref _running);
}
