using System.Globalization;

namespace AgentOperator.Local.Node;

/// <summary>Hands out loopback addresses, one a pod, never twice; the second byte tells clusters on one machine apart.</summary>
internal sealed class PodAddresses(int cluster)
{
    private int _last;

    public string Next()
    {
        // .0.0 is skipped; after 16 million pods the addresses come round again.
        int number = Interlocked.Increment(ref _last) & 0xFFFF;
        int carry = (_last >> 16) & 0x0F;
        return string.Create(CultureInfo.InvariantCulture, $"127.{16 + (((cluster * 16) + carry) % 224)}.{number >> 8}.{number & 0xFF}");
    }
}
