namespace AgentOperator.Local.Network;

/// <summary>Each Service keeps its address as long as the cluster runs.</summary>
internal sealed class ServiceAddresses(AddressBlock block)
{
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);

    public string Of(string uid)
    {
        if (!_addresses.TryGetValue(uid, out string? address))
        {
            address = block.NextService();
            _addresses[uid] = address;
        }

        return address;
    }
}
