using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AgentOperator.Cel.Library;

/// <summary>An address of IP, without zone.</summary>
internal sealed class IpAddress(IPAddress address) : CelObject
{
    private static readonly SearchValues<char> Version6 = SearchValues.Create("0123456789abcdefABCDEF:");
    private readonly byte[] _bytes = address.GetAddressBytes();

    public static CelType CelType { get; } = CelType.Opaque("net.IP");

    public override CelType Type => CelType;

    public ReadOnlySpan<byte> Bytes => _bytes;

    public long Family => address.AddressFamily is AddressFamily.InterNetwork ? 4 : 6;

    public bool IsUnspecified => !Bytes.ContainsAnyExcept((byte)0);

    public bool IsLoopback => IPAddress.IsLoopback(address);

    public bool IsLinkLocalUnicast => Family == 4 ? _bytes is [169, 254, ..] : _bytes[0] == 0xfe && (_bytes[1] & 0xc0) == 0x80;

    public bool IsLinkLocalMulticast => Family == 4 ? _bytes is [224, 0, 0, _] : _bytes[0] == 0xff && (_bytes[1] & 0x0f) == 2;

    public bool IsGlobalUnicast => !IsUnspecified && !IsLoopback && !IsLinkLocalUnicast && !(Family == 4 ? _bytes[0] is >= 224 and <= 239 || address.Equals(IPAddress.Broadcast) : _bytes[0] == 0xff);

    private IPAddress Plain => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    public static bool TryParse(string text, [NotNullWhen(true)] out IpAddress? ip, [NotNullWhen(false)] out string? error)
    {
        ip = null;
        error = null;
        bool six = text.Contains(':', StringComparison.Ordinal);
        if (text.Contains('%', StringComparison.Ordinal))
        {
            error = "IP Address with zone value is not allowed";
        }
        else if (six && text.Contains('.', StringComparison.Ordinal))
        {
            error = "IPv4-mapped IPv6 address is not allowed";
        }
        else if (text.Length <= 45 && (six ? !text.AsSpan().ContainsAnyExcept(Version6) : IsVersion4(text)) && IPAddress.TryParse(text, out IPAddress? parsed))
        {
            ip = new IpAddress(parsed);
            return true;
        }

        error ??= $"IP Address '{(text.Length > 60 ? string.Concat(text.AsSpan(0, 60), "…") : text)}' parse error during conversion from string";
        return false;
    }

    public override bool Equals(object? obj) => obj is IpAddress other && Plain.Equals(other.Plain);

    public override int GetHashCode() => Plain.GetHashCode();

    public override string ToString() => address.ToString();

    /// <summary>Four numbers without leading zeros; .NET would take octal ones and fewer parts.</summary>
    private static bool IsVersion4(string text)
    {
        string[] parts = text.Split('.');
        return parts.Length == 4 && parts.All(static part => byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _) && (part.Length == 1 || part[0] != '0'));
    }
}
