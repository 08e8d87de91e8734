namespace AgentOperator.Cli.Linting.Schemas;

/// <summary>The name that somebody may have meant.</summary>
internal static class Nearest
{
    private const int MaxDistance = 3;

    /// <summary>Null when none is near.</summary>
    public static string? To(string name, IEnumerable<string> known)
    {
        (string Name, int Distance)[] near = [.. known.Select(candidate => (candidate, Distance(name, candidate))).Where(pair => pair.Item2 <= Math.Min(MaxDistance, name.Length / 2)).OrderBy(static pair => pair.Item2)];
        return near.Length == 0 ? null : near[0].Name;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment), capitals aside.</summary>
    private static int Distance(string one, string other)
    {
        int[,] table = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
        {
            for (int j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                int replaced = Same(one[i - 1], other[j - 1]) ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + replaced);
                if (i > 1 && j > 1 && Same(one[i - 1], other[j - 2]) && Same(one[i - 2], other[j - 1]))
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[one.Length, other.Length];
    }

    private static bool Same(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
