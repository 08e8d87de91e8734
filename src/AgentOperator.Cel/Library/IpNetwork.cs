using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace AgentOperator.Cel.Library;

/// <summary>An address with the length of its network's prefix.</summary>
internal sealed class IpNetwork(IpAddress address, int prefixLength) : CelObject
{
    public static CelType CelType { get; } = CelType.Opaque("net.CIDR");

    public override CelType Type => CelType;

    public IpAddress Address => address;

    public int PrefixLength => prefixLength;

    public static bool TryParse(string text, [NotNullWhen(true)] out IpNetwork? network, [NotNullWhen(false)] out string? error)
    {
        network = null;
        error = null;
        int slash = text.LastIndexOf('/');
        string first = slash < 0 ? text : text[..slash];
        string bits = slash < 0 ? "" : text[(slash + 1)..];
        if (first.Contains('%', StringComparison.Ordinal))
        {
            error = "CIDR with zone value is not allowed";
        }
        else if (first.Contains(':', StringComparison.Ordinal) && first.Contains('.', StringComparison.Ordinal))
        {
            error = "IPv4-mapped IPv6 address is not allowed";
        }
        else if (IpAddress.TryParse(first, out IpAddress? ip, out _) && int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            && length <= ip.Bytes.Length * 8 && (bits.Length == 1 || bits[0] != '0'))
        {
            network = new IpNetwork(ip, length);
            return true;
        }

        error ??= $"CIDR '{(text.Length > 60 ? string.Concat(text.AsSpan(0, 60), "…") : text)}' network address parse error during conversion from string";
        return false;
    }

    public bool Contains(IpAddress other) => other.Family == address.Family && Mask(other).SequenceEqual(Mask(address));

    public bool Contains(IpNetwork other) => other.PrefixLength >= prefixLength && Contains(other.Address);

    public IpNetwork Masked() => new(new IpAddress(new IPAddress(Mask(address))), prefixLength);

    public override bool Equals(object? obj) => obj is IpNetwork other && other.PrefixLength == prefixLength && other.Address.Equals(address);

    public override int GetHashCode() => HashCode.Combine(address, prefixLength);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{address}/{prefixLength}");

    private byte[] Mask(IpAddress ip)
    {
        byte[] bytes = ip.Bytes.ToArray();
        for (int i = 0; i < bytes.Length; i++)
        {
            int kept = Math.Clamp(prefixLength - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - kept));
        }

        return bytes;
    }
}
