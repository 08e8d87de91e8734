using System.Globalization;
using System.Text;

namespace AgentOperator.Cel.Library;

/// <summary>A set of characters as .NET's engine, which knows UTF-16 units only, can match it: beyond the first plane by pairs.</summary>
internal sealed class CharacterClass
{
    private const int FirstAstral = 0x10000;
    private const int LastAstral = 0x10FFFF;
    private readonly StringBuilder _plane = new();
    private readonly List<(int First, int Last)> _astral = [];

    public static string Any(bool withNewline) => $@"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^{(withNewline ? "" : @"\n")}\uD800-\uDFFF])";

    public void Add(int first, int last)
    {
        if (first < FirstAstral)
        {
            _plane.Append(Unit(first)).Append('-').Append(Unit(Math.Min(last, FirstAstral - 1)));
        }

        if (last >= FirstAstral)
        {
            _astral.Add((Math.Max(first, FirstAstral), last));
        }
    }

    /// <summary>Pairs of first and last.</summary>
    public void Add(string ranges, bool negated)
    {
        int next = 0;
        for (int i = 0; i < ranges.Length; i += 2)
        {
            if (!negated)
            {
                Add(ranges[i], ranges[i + 1]);
            }
            else if (ranges[i] > next)
            {
                Add(next, ranges[i] - 1);
            }

            next = ranges[i + 1] + 1;
        }

        if (negated)
        {
            Add(next, 0xD7FF);
            Add(0xE000, LastAstral);
        }
    }

    /// <summary>A class of .NET, such as <c>\p{L}</c>.</summary>
    public void AddNamed(string name) => _plane.Append(name);

    public string Write(bool negated)
    {
        List<(int First, int Last)> astral = negated ? Complement() : _astral;
        string plane = negated ? $@"[^{_plane}\uD800-\uDFFF]" : _plane.Length == 0 ? "" : $"[{_plane}]";
        if (astral.Count == 0)
        {
            return plane.Length == 0 ? "(?:[a-[a]])" : plane;
        }

        IEnumerable<string> pairs = astral.SelectMany(static range => Pairs(range.First, range.Last));
        return $"(?:{string.Join('|', plane.Length == 0 ? pairs : pairs.Append(plane))})";
    }

    private List<(int First, int Last)> Complement()
    {
        List<(int First, int Last)> made = [];
        int next = FirstAstral;
        foreach ((int first, int last) in _astral.OrderBy(static range => range.First))
        {
            if (first > next)
            {
                made.Add((next, first - 1));
            }

            next = Math.Max(next, last + 1);
        }

        if (next <= LastAstral)
        {
            made.Add((next, LastAstral));
        }

        return made;
    }

    private static List<string> Pairs(int first, int last)
    {
        string one = char.ConvertFromUtf32(first);
        string other = char.ConvertFromUtf32(last);
        if (one[0] == other[0])
        {
            return [$"{Unit(one[0])}[{Unit(one[1])}-{Unit(other[1])}]"];
        }

        List<string> made = [$@"{Unit(one[0])}[{Unit(one[1])}-\uDFFF]", $@"{Unit(other[0])}[\uDC00-{Unit(other[1])}]"];
        if (other[0] - one[0] > 1)
        {
            made.Add($@"[{Unit(one[0] + 1)}-{Unit(other[0] - 1)}][\uDC00-\uDFFF]");
        }

        return made;
    }

    private static string Unit(int unit) => @"\u" + unit.ToString("X4", CultureInfo.InvariantCulture);
}
