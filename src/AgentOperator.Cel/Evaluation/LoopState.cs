namespace AgentOperator.Cel.Evaluation;

/// <summary>What a loop has so far.</summary>
internal struct LoopState
{
    public bool IsDone { get; private set; }

    public CelValue Result { get; private set; }

    /// <summary>An error or unknown that may yet be absorbed.</summary>
    public CelValue Abnormal { get; set; }

    public long Count { get; set; }

    public List<CelValue>? Items { get; set; }

    public List<CelValue>? SortKeys { get; set; }

    public OrderedDictionary<CelValue, CelValue>? Entries { get; set; }

    public void Finish(in CelValue result)
    {
        Result = result;
        IsDone = true;
    }
}
