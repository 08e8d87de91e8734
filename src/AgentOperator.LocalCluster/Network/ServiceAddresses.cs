using System.Globalization;

namespace AgentOperator.Local.Network;

/// <summary>A loopback address for each Service, apart from those of pods.</summary>
internal sealed class ServiceAddresses(int cluster)
{
    private const int Block = 15;

    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);
    private int _last;

    public string Of(string uid)
    {
        if (!_addresses.TryGetValue(uid, out string? address))
        {
            int number = ++_last & 0xFFFF;
            address = string.Create(CultureInfo.InvariantCulture, $"127.{16 + (((cluster * 16) + Block) % 224)}.{number >> 8}.{number & 0xFF}");
            _addresses[uid] = address;
        }

        return address;
    }
}
