using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AgentOperator.Cel.Library;

/// <summary>A version as semver.org 2.0 has it; what is after '+' does not count.</summary>
internal sealed class SemanticVersion(string text, ulong[] numbers, string[] labels) : CelObject
{
    private const int MaxLength = 256;

    public static CelType CelType { get; } = CelType.Opaque("kubernetes.Semver");

    public override CelType Type => CelType;

    public ReadOnlySpan<ulong> Numbers => numbers;

    public ReadOnlySpan<string> Labels => labels;

    /// <summary>Normalizing takes a leading 'v', missing numbers and leading zeros.</summary>
    public static bool TryParse(string text, bool normalize, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = null;
        string rest = normalize && text.StartsWith('v') ? text[1..] : text;
        int plus = rest.IndexOf('+', StringComparison.Ordinal);
        string[] build = plus < 0 ? [] : rest[(plus + 1)..].Split('.');
        rest = plus < 0 ? rest : rest[..plus];
        int dash = rest.IndexOf('-', StringComparison.Ordinal);
        string[] labels = dash < 0 ? [] : rest[(dash + 1)..].Split('.');
        string[] parts = (dash < 0 ? rest : rest[..dash]).Split('.');
        if (text.Length > MaxLength || !(parts.Length == 3 || (normalize && parts.Length < 3)) || !labels.All(IsLabel) || !build.All(IsName))
        {
            return false;
        }

        ulong[] numbers = new ulong[3];
        for (int i = 0; i < parts.Length; i++)
        {
            if ((!normalize && parts[i].Length > 1 && parts[i][0] == '0') || !ulong.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] > long.MaxValue)
            {
                return false;
            }
        }

        version = new SemanticVersion(text, numbers, labels);
        return true;
    }

    public int Compare(SemanticVersion other)
    {
        int order = Numbers.SequenceCompareTo(other.Numbers);
        if (order != 0)
        {
            return order;
        }

        if (labels.Length == 0 || other.Labels.Length == 0)
        {
            return other.Labels.Length.CompareTo(labels.Length);
        }

        for (int i = 0; i < Math.Min(labels.Length, other.Labels.Length); i++)
        {
            order = CompareLabels(labels[i], other.Labels[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return labels.Length.CompareTo(other.Labels.Length);
    }

    public override bool Equals(object? obj) => obj is SemanticVersion other && Compare(other) == 0;

    public override int GetHashCode() => HashCode.Combine(numbers[0], numbers[1], numbers[2], labels.Length);

    public override string ToString() => text;

    /// <summary>Numbers are before names, and by value.</summary>
    private static int CompareLabels(string left, string right)
    {
        bool leftNumber = left.All(char.IsAsciiDigit);
        if (leftNumber != right.All(char.IsAsciiDigit))
        {
            return leftNumber ? -1 : 1;
        }

        return leftNumber && left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right);
    }

    private static bool IsLabel(string label) => IsName(label) && !(label.Length > 1 && label[0] == '0' && label.All(char.IsAsciiDigit));

    private static bool IsName(string name) => name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
