namespace AgentOperator.Cel.Library;

/// <summary>Addresses and networks, as Kubernetes has them.</summary>
internal static class NetworkLibrary
{
    private static readonly CelType Ip = IpAddress.CelType;
    private static readonly CelType Cidr = IpNetwork.CelType;

    public static IEnumerable<CelFunction> Functions =>
    [
        Fn.Of("ip", CelType.String, Ip, static (in text, ref _) => IpAddress.TryParse(text.Text, out IpAddress? ip, out string? error) ? CelValue.From(ip) : CelValue.Error(error)),
        Fn.Of("isIP", CelType.String, CelType.Bool, static (in text, ref context) => CelValue.From(IpAddress.TryParse(text.Text, out _, out _))),
        Fn.Of("ip.isCanonical", CelType.String, CelType.Bool, static (in text, ref _) =>
            IpAddress.TryParse(text.Text, out IpAddress? ip, out string? error) ? CelValue.From(ip.ToString() == text.Text) : CelValue.Error(error)),
        Fn.Of("string", Ip, CelType.String, static (in ip, ref _) => CelValue.From(ip.Reference!.ToString())),
        Fn.Method("family", Ip, CelType.Int, static (in ip, ref _) => CelValue.From(Address(ip).Family)),
        Test("isUnspecified", static ip => ip.IsUnspecified),
        Test("isLoopback", static ip => ip.IsLoopback),
        Test("isGlobalUnicast", static ip => ip.IsGlobalUnicast),
        Test("isLinkLocalMulticast", static ip => ip.IsLinkLocalMulticast),
        Test("isLinkLocalUnicast", static ip => ip.IsLinkLocalUnicast),
        Fn.Of("cidr", CelType.String, Cidr, static (in text, ref _) => IpNetwork.TryParse(text.Text, out IpNetwork? cidr, out string? error) ? CelValue.From(cidr) : CelValue.Error(error)),
        Fn.Of("isCIDR", CelType.String, CelType.Bool, static (in text, ref context) => CelValue.From(IpNetwork.TryParse(text.Text, out _, out _))),
        Fn.Of("string", Cidr, CelType.String, static (in cidr, ref _) => CelValue.From(cidr.Reference!.ToString())),
        Fn.Method("ip", Cidr, Ip, static (in cidr, ref _) => CelValue.From(Network(cidr).Address)),
        Fn.Method("prefixLength", Cidr, CelType.Int, static (in cidr, ref _) => CelValue.From((long)Network(cidr).PrefixLength)),
        Fn.Method("isMask", Cidr, CelType.Bool, static (in cidr, ref _) => CelValue.From(Network(cidr).Equals(Network(cidr).Masked()))),
        Fn.Method("masked", Cidr, Cidr, static (in cidr, ref _) => CelValue.From(Network(cidr).Masked())),
        Fn.Method("containsIP", Cidr, Ip, CelType.Bool, static (in cidr, in ip, ref _) => CelValue.From(Network(cidr).Contains(Address(ip)))),
        Fn.Method("containsIP", Cidr, CelType.String, CelType.Bool, static (in cidr, in text, ref _) =>
            IpAddress.TryParse(text.Text, out IpAddress? ip, out string? error) ? CelValue.From(Network(cidr).Contains(ip)) : CelValue.Error(error)),
        Fn.Method("containsCIDR", Cidr, Cidr, CelType.Bool, static (in cidr, in other, ref _) => CelValue.From(Network(cidr).Contains(Network(other)))),
        Fn.Method("containsCIDR", Cidr, CelType.String, CelType.Bool, static (in cidr, in text, ref _) =>
            IpNetwork.TryParse(text.Text, out IpNetwork? other, out string? error) ? CelValue.From(Network(cidr).Contains(other)) : CelValue.Error(error)),
    ];

    private static CelFunction Test(string name, Func<IpAddress, bool> test) => Fn.Method(name, Ip, CelType.Bool, (in ip, ref _) => CelValue.From(test(Address(ip))));

    private static IpAddress Address(in CelValue value) => (IpAddress)value.Reference!;

    private static IpNetwork Network(in CelValue value) => (IpNetwork)value.Reference!;
}
