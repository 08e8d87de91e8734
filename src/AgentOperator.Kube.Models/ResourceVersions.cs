namespace AgentOperator.Kube.Models;

/// <summary>Order of resource versions of one kind on one server, as KEP-5504 fixes it: decimal text, longer is newer, else ordinal.</summary>
public static class ResourceVersions
{
    /// <summary>Compares two versions; negative when <paramref name="left"/> is older.</summary>
    /// <exception cref="FormatException">One of the two is not a resource version that can be compared.</exception>
    public static int Compare(string left, string right)
    {
        Check(left);
        Check(right);
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right);
    }

    /// <summary>True when <paramref name="version"/> is <paramref name="floor"/> or newer.</summary>
    public static bool AtLeast(string version, string floor) => Compare(version, floor) >= 0;

    /// <summary>True for a version that <see cref="Compare"/> takes.</summary>
    public static bool IsComparable(string? version) =>
        version is { Length: > 0 } && version[0] is >= '1' and <= '9' && !version.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static void Check(string version)
    {
        if (!IsComparable(version))
        {
            throw new FormatException($"Resource version \"{version}\" is not a decimal number: it cannot be compared (KEP-5504).");
        }
    }
}
