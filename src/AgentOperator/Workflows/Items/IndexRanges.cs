using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace AgentOperator.Workflows.Items;

/// <summary>A set of places in a list, kept and written as ranges: <c>0-5,7</c>, as in the status of an Indexed Job.</summary>
internal sealed class IndexRanges : IEquatable<IndexRanges>, IEnumerable<int>
{
    private readonly (int First, int Last)[] _ranges;

    /// <param name="ranges">In order, with a gap between each and the next.</param>
    private IndexRanges((int First, int Last)[] ranges)
    {
        _ranges = ranges;
        Count = ranges.Sum(static range => range.Last - range.First + 1);
    }

    public static IndexRanges Empty { get; } = new([]);

    public int Count { get; }

    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>The first so many places.</summary>
    public static IndexRanges Below(int count) => count <= 0 ? Empty : new([(0, count - 1)]);

    public static IndexRanges Of(IEnumerable<int> places) => Join(places.Select(static place => (place, place)));

    /// <summary>Reads a text; nothing is the empty set.</summary>
    /// <exception cref="FormatException">It is no list of ranges.</exception>
    public static IndexRanges Parse(string? text) =>
        TryParse(text, out IndexRanges? ranges) ? ranges : throw new FormatException($"\"{text}\" is no list of ranges such as 0-5,7");

    public static bool TryParse(string? text, [NotNullWhen(true)] out IndexRanges? ranges)
    {
        ranges = null;
        if (string.IsNullOrEmpty(text))
        {
            ranges = Empty;
            return true;
        }

        List<(int First, int Last)> found = [];
        foreach (Range part in text.AsSpan().Split(','))
        {
            ReadOnlySpan<char> range = text.AsSpan()[part];
            int dash = range.IndexOf('-');
            if (!TryNumber(dash < 0 ? range : range[..dash], out int first) || !TryNumber(dash < 0 ? range : range[(dash + 1)..], out int last) || last < first)
            {
                return false;
            }

            found.Add((first, last));
        }

        ranges = Join(found);
        return true;
    }

    public bool Contains(int place)
    {
        int at = Array.BinarySearch(_ranges, (place, int.MaxValue));
        int before = (at < 0 ? ~at : at + 1) - 1;
        return before >= 0 && _ranges[before].Last >= place;
    }

    public IndexRanges Add(int place) => Contains(place) ? this : Union(new IndexRanges([(place, place)]));

    public IndexRanges Union(IndexRanges other) => other.IsEmpty ? this : IsEmpty ? other : Join(_ranges.Concat(other._ranges));

    public IndexRanges Except(IndexRanges other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return this;
        }

        List<(int First, int Last)> left = [];
        int next = 0;
        foreach ((int first, int last) in _ranges)
        {
            while (next < other._ranges.Length && other._ranges[next].Last < first)
            {
                next++;
            }

            int from = first;
            for (int i = next; i < other._ranges.Length && other._ranges[i].First <= last; i++)
            {
                if (from < other._ranges[i].First)
                {
                    left.Add((from, other._ranges[i].First - 1));
                }

                from = Math.Max(from, other._ranges[i].Last + 1);
            }

            if (from <= last)
            {
                left.Add((from, last));
            }
        }

        return new IndexRanges([.. left]);
    }

    public IndexRanges Intersect(IndexRanges other) => Except(Except(other));

    /// <summary>The places of this set at the given ranks, from 0: what the indexes of a Job that works on this set mean.</summary>
    public IndexRanges At(IndexRanges ranks)
    {
        List<(int First, int Last)> found = [];
        int rank = 0;
        foreach ((int first, int last) in _ranges)
        {
            int length = last - first + 1;
            foreach ((int from, int to) in ranks._ranges)
            {
                int low = Math.Max(from, rank);
                int high = Math.Min(to, rank + length - 1);
                if (low <= high)
                {
                    found.Add((first + low - rank, first + high - rank));
                }
            }

            rank += length;
        }

        return Join(found);
    }

    /// <summary>The place at a rank, from 0; null beyond the last.</summary>
    public int? At(int rank)
    {
        foreach ((int first, int last) in _ranges)
        {
            if (rank <= last - first)
            {
                return rank < 0 ? null : first + rank;
            }

            rank -= last - first + 1;
        }

        return null;
    }

    public IEnumerator<int> GetEnumerator()
    {
        foreach ((int first, int last) in _ranges)
        {
            for (int place = first; place <= last; place++)
            {
                yield return place;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The text, as Kubernetes writes it: two neighbours one by one, three or more as a range.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach ((int first, int last) in _ranges)
        {
            text.Append(text.Length > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{first}");
            if (last > first)
            {
                text.Append(last == first + 1 ? ',' : '-').Append(CultureInfo.InvariantCulture, $"{last}");
            }
        }

        return text.ToString();
    }

    /// <summary>The text for status: null for the empty set.</summary>
    public string? ToStatus() => IsEmpty ? null : ToString();

    public bool Equals(IndexRanges? other) => other is not null && _ranges.AsSpan().SequenceEqual(other._ranges);

    public override bool Equals(object? obj) => Equals(obj as IndexRanges);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach ((int First, int Last) range in _ranges)
        {
            hash.Add(range);
        }

        return hash.ToHashCode();
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < int.MaxValue;

    private static IndexRanges Join(IEnumerable<(int First, int Last)> ranges)
    {
        List<(int First, int Last)> joined = [];
        foreach ((int first, int last) in ranges.Order())
        {
            if (joined.Count > 0 && first <= joined[^1].Last + 1)
            {
                joined[^1] = (joined[^1].First, Math.Max(joined[^1].Last, last));
            }
            else
            {
                joined.Add((first, last));
            }
        }

        return joined.Count == 0 ? Empty : new IndexRanges([.. joined]);
    }
}
