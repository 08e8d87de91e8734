namespace AgentOperator.Cel.Checking;

/// <summary>Names that a wrong one may have been meant to be.</summary>
internal static class Nearest
{
    private const int Shown = 12;
    private const int Longest = 100;

    /// <summary>All names, the most alike first, cut where there are many.</summary>
    public static string List(string wrong, IEnumerable<string> known)
    {
        string[] ordered = [.. known.OrderBy(name => Distance(wrong, name)).ThenBy(static name => name, StringComparer.Ordinal)];
        string names = string.Join(", ", ordered.Take(Shown).Select(static name => $"'{name}'"));
        return ordered.Length > Shown ? $"{names} and {ordered.Length - Shown} more" : names;
    }

    /// <summary>The name that is alike enough for a typing error; null if none is.</summary>
    public static string? Find(string wrong, IEnumerable<string> known)
    {
        string? best = known.MinBy(name => (Distance(wrong, name), name));
        return best is not null && Distance(wrong, best) <= Math.Max(1, wrong.Length / 3) ? best : null;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours; case counts little.</summary>
    private static int Distance(string left, string right)
    {
        if (left.Length > Longest || right.Length > Longest)
        {
            return int.MaxValue;
        }

        left = left.ToUpperInvariant();
        right = right.ToUpperInvariant();
        int[,] cost = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                int replace = cost[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1), replace);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[left.Length, right.Length];
    }
}
