using System.Text;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Network;

/// <summary>The names of Services, as each pod's hosts file tells them.</summary>
internal sealed class HostsTable
{
    private volatile IReadOnlyList<ServiceView> _views = [];

    public void Set(IReadOnlyList<ServiceView> views) => _views = views;

    public string Text(Pod pod, string address)
    {
        StringBuilder text = new("127.0.0.1 localhost\n");
        text.Append(address).Append(' ').Append(pod.Spec!.Hostname ?? pod.Metadata.Name).Append('\n');
        foreach (HostAlias alias in pod.Spec.HostAliases ?? [])
        {
            text.Append(alias.Ip).Append(' ').AppendJoin(' ', alias.Hostnames ?? []).Append('\n');
        }

        foreach (ServiceView view in _views)
        {
            foreach ((string ip, string name) in Entries(view))
            {
                string ns = view.Service.Metadata.Namespace!;
                text.Append(ip).Append(' ').Append($"{name}.{ns}.svc.cluster.local {name}.{ns}.svc {name}.{ns}");
                text.Append(ns == pod.Metadata.Namespace ? $" {name}\n" : "\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<(string Address, string Name)> Entries(ServiceView view)
    {
        string name = view.Service.Metadata.Name!;
        if (view.Address is { } address)
        {
            return [(address, name)];
        }

        return view.Ready.SelectMany(endpoint => endpoint.Pod.Spec is { Hostname: { } host, Subdomain: { } subdomain } && subdomain == name
            ? (IEnumerable<(string, string)>)[(endpoint.Address, name), (endpoint.Address, $"{host}.{name}")]
            : [(endpoint.Address, name)]);
    }
}
