using AgentOperator.Cel.Evaluation;

namespace AgentOperator.Cel.Library;

/// <summary>Sorting by keys of one type.</summary>
internal static class Sorting
{
    public static CelValue Sort(IReadOnlyList<CelValue> items, IReadOnlyList<CelValue> keys, ref CelContext context)
    {
        int count = items.Count;
        if (count == 0)
        {
            return CelValue.From(items);
        }

        for (int i = 0; i < count; i++)
        {
            if (keys[i].Kind != keys[0].Kind || !Ordering.TryCompare(keys[i], keys[0], out _, ref context))
            {
                return CelValue.Error($"list elements must be of one type that can be ordered, not {Kinds.Describe([keys[0], keys[i]])}");
            }
        }

        context.ChargeElements(count);
        int[] order = [.. Enumerable.Range(0, count)];
        int[] spare = new int[count];
        MergeSort(order, spare, 0, count, keys, ref context);
        return CelValue.From(Array.ConvertAll(order, index => items[index]));
    }

    /// <summary>Stable, and each comparison is counted.</summary>
    private static void MergeSort(int[] order, int[] spare, int start, int end, IReadOnlyList<CelValue> keys, ref CelContext context)
    {
        if (end - start < 2)
        {
            return;
        }

        int middle = start + ((end - start) / 2);
        MergeSort(order, spare, start, middle, keys, ref context);
        MergeSort(order, spare, middle, end, keys, ref context);
        Array.Copy(order, start, spare, start, end - start);
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++)
        {
            context.Charge(1);
            bool takeRight = left >= middle || (right < end && Ordering.TryCompare(keys[spare[right]], keys[spare[left]], out int compared, ref context) && compared < 0);
            order[i] = spare[takeRight ? right++ : left++];
        }
    }
}
