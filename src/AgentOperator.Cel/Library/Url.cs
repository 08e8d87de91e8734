using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AgentOperator.Cel.Library;

/// <summary>An absolute URL or an absolute path, in the parts that it was written with.</summary>
internal sealed class Url(string text, string scheme, string host, string path, string query) : CelObject
{
    private static readonly SearchValues<char> HostEnd = SearchValues.Create("/?#");
    private static readonly SearchValues<char> PathEnd = SearchValues.Create("?#");
    private static readonly SearchValues<char> Kept = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~$&+,/:;=@!'()*%");

    public static CelType CelType { get; } = CelType.Opaque("kubernetes.URL");

    public override CelType Type => CelType;

    public string Scheme => scheme;

    /// <summary>With the port, if there is one.</summary>
    public string Host => host;

    public string Hostname => HostPart(host).TrimStart('[').TrimEnd(']');

    public string Port => host.Length > HostPart(host).Length ? host[(HostPart(host).Length + 1)..] : "";

    public string EscapedPath => string.Concat(path.EnumerateRunes().Select(static rune => rune.IsAscii && Kept.Contains((char)rune.Value) ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    public static bool TryParse(string text, [NotNullWhen(true)] out Url? url)
    {
        url = null;
        if (text.Length == 0 || text.AsSpan().ContainsAnyInRange('\0', '\x20') || text.Contains('\x7f', StringComparison.Ordinal))
        {
            return false;
        }

        string rest = text;
        string scheme = "";
        string host = "";
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (text[0] != '/')
        {
            if (colon <= 0 || !char.IsAsciiLetter(text[0]) || !text.AsSpan(0, colon).ToString().All(static c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.'))
            {
                return false;
            }

            scheme = text[..colon].ToLowerInvariant();
            rest = text[(colon + 1)..];
            if (!rest.StartsWith('/'))
            {
                return false;
            }
        }

        if (scheme.Length > 0 && rest.StartsWith("//", StringComparison.Ordinal))
        {
            int end = rest.AsSpan(2).IndexOfAny(HostEnd);
            string authority = end < 0 ? rest[2..] : rest.Substring(2, end);
            rest = end < 0 ? "" : rest[(2 + end)..];
            host = authority[(authority.LastIndexOf('@') + 1)..];
            if (!IsHost(host))
            {
                return false;
            }
        }

        int pathEnd = rest.AsSpan().IndexOfAny(PathEnd);
        string path = pathEnd < 0 ? rest : rest[..pathEnd];
        string after = pathEnd < 0 ? "" : rest[pathEnd..];
        int fragment = after.IndexOf('#', StringComparison.Ordinal);
        after = fragment < 0 ? after : after[..fragment];
        if (!AreEscapesWhole(path))
        {
            return false;
        }

        url = new Url(text, scheme, host, path, after.StartsWith('?') ? after[1..] : "");
        return true;
    }

    /// <summary>The values of each key, decoded.</summary>
    public IEnumerable<IGrouping<string, string>> Query() =>
        query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('=', 2))
            .Select(static pair => (Key: Decode(pair[0]), Value: pair.Length > 1 ? Decode(pair[1]) : ""))
            .GroupBy(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal);

    public override bool Equals(object? obj) => obj is Url other && other.ToString() == text;

    public override int GetHashCode() => string.GetHashCode(text, StringComparison.Ordinal);

    public override string ToString() => text;

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static string HostPart(string host)
    {
        int bracket = host.LastIndexOf(']');
        int colon = host.IndexOf(':', Math.Max(bracket, 0));
        return colon < 0 ? host : host[..colon];
    }

    private static bool IsHost(string host)
    {
        string name = HostPart(host);
        string port = host[name.Length..];
        bool bracketed = name.StartsWith('[');
        return bracketed == name.EndsWith(']')
            && (!bracketed || IpAddress.TryParse(name.Trim('[', ']'), out _, out _))
            && (port.Length < 2 || port.AsSpan(1).ToString().All(char.IsAsciiDigit));
    }

    private static bool AreEscapesWhole(string path)
    {
        for (int i = path.IndexOf('%', StringComparison.Ordinal); i >= 0; i = path.IndexOf('%', i + 1))
        {
            if (i + 2 >= path.Length || !byte.TryParse(path.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
            {
                return false;
            }
        }

        return true;
    }
}
