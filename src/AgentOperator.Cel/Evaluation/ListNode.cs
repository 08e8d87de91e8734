namespace AgentOperator.Cel.Evaluation;

/// <summary><c>[a, ?b]</c>.</summary>
internal sealed class ListNode(int offset, Node[] elements, IReadOnlySet<int> optional) : Node
{
    public override CelValue Evaluate(ref CelContext context)
    {
        context.Offset = offset;
        context.ChargeElements(elements.Length);
        List<CelValue> made = new(elements.Length);
        CelValue abnormal = default;
        for (int i = 0; i < elements.Length; i++)
        {
            CelValue value = elements[i].Evaluate(ref context);
            if (value.IsAbnormal)
            {
                abnormal = Merge(abnormal, value);
            }
            else if (!optional.Contains(i))
            {
                made.Add(value);
            }
            else if (value.Kind is not CelKind.Optional)
            {
                abnormal = Merge(abnormal, CelValue.Error($"what '?' marks must be an optional, not a {Kinds.TypeOf(value).Name}").At(offset));
            }
            else if (value.TryGetValue(out CelValue inner))
            {
                made.Add(inner);
            }
        }

        return abnormal.IsAbnormal ? abnormal : CelValue.From(made);
    }
}
