using AgentOperator.Cel.Evaluation;

namespace AgentOperator.Cel;

/// <summary>One evaluation: its variables and what it may still use.</summary>
public ref struct CelContext
{
    private readonly CelLimits _limits;
    private readonly CancellationToken _cancellation;
    private long _left;

    internal CelContext(ICelActivation activation, Span<CelValue> locals, CelLimits limits, CancellationToken cancellation)
    {
        Activation = activation;
        Locals = locals;
        _limits = limits;
        _cancellation = cancellation;
        _left = limits.Cost;
    }

    /// <summary>The variables.</summary>
    public ICelActivation Activation { get; }

    internal readonly Span<CelValue> Locals { get; }

    /// <summary>Where the evaluation is, for errors that no node has placed.</summary>
    internal int Offset { get; set; }

    /// <summary>The pattern that was matched last, where it is no literal.</summary>
    internal Library.CompiledPattern? LastPattern { get; set; }

    /// <summary>Counts work; ends the evaluation at the limit, which no operator absorbs.</summary>
    public void Charge(long units)
    {
        _left -= units;
        if (_left < 0)
        {
            throw new LimitException($"the expression needs more work than the limit of {_limits.Cost} units; make its input or its loops smaller");
        }
    }

    /// <summary>Counts <paramref name="length"/> characters or bytes that are read.</summary>
    public void ChargeText(long length) => Charge(1 + (length >> 4));

    /// <summary>Counts the search for a part in a text: the longer the part, the more often a text that is made for it is read.</summary>
    internal void ChargeSearch(long text, long part) => ChargeText(text * (1 + (part >> 6)));

    /// <summary>Counts <paramref name="size"/> characters or bytes that are written; ends the evaluation at the limit.</summary>
    public void ChargeMade(long size)
    {
        CheckSize(size);
        ChargeText(size);
    }

    /// <summary>Counts elements that are made; ends the evaluation at the limit.</summary>
    public void ChargeElements(long count)
    {
        CheckSize(count);
        Charge(1 + count);
    }

    /// <summary>A collection grows by one to <paramref name="count"/> elements.</summary>
    internal void ChargeGrowth(long count)
    {
        CheckSize(count);
        Charge(1);
    }

    /// <summary>One turn of a loop.</summary>
    internal void Step()
    {
        _cancellation.ThrowIfCancellationRequested();
        Charge(1);
    }

    internal readonly void CheckSize(long size)
    {
        if (size > _limits.Size)
        {
            throw new LimitException($"a value would have {size} characters, bytes or elements, over the limit of {_limits.Size}");
        }
    }
}
