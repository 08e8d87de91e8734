using System.Globalization;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Cli.Runs;

/// <summary>How many items of a forEach are where.</summary>
internal sealed record ItemCounts(int Total, int Succeeded, int Failed, int Running)
{
    public static ItemCounts? Of(ItemsStatus? items) =>
        items is null ? null : new ItemCounts(items.Total, Count(items.Succeeded), Count(items.Failed), Count(items.Running));

    /// <summary>Places in ranges such as <c>0-5,7</c>.</summary>
    private static int Count(string? ranges)
    {
        int count = 0;
        foreach (string range in (ranges ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = range.Split('-');
            if (int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first) && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int last))
            {
                count += last - first + 1;
            }
        }

        return count;
    }
}
