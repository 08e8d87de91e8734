using System.Security.Cryptography;
using System.Text;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.LeaderElection;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models.Coordination;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Hosting;

/// <summary>Leader election of the operator: one Lease, and a gate before every write.</summary>
[RequiresAccess<Lease>(Verbs.Create, Verbs.Get, Verbs.Patch, InOwnNamespace = true)]
internal static class Election
{
    private const string LeaseName = "agent-operator";

    private const int HashLength = 10;

    private const double RenewShare = 10.0 / 15;
    private const double RetryShare = 2.0 / 15;

    /// <summary>The times that follow from the lease's.</summary>
    public static LeaderElectionOptions TimesOf(TimeSpan lease, string identity) =>
        new() { Identity = identity, LeaseDuration = lease, RenewDeadline = lease * RenewShare, RetryPeriod = lease * RetryShare };

    /// <summary>Operators for different namespaces do not stand in for each other.</summary>
    public static string NameOf(OperatorOptions options) => options.Namespaces switch
    {
        [] => LeaseName,
        [{ } only] => $"{LeaseName}-{only}",
        { } several => $"{LeaseName}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(',', several))))[..HashLength]}",
    };

    public static IServiceCollection AddElection(this IServiceCollection services, OperatorOptions options, KubeConnection connection)
    {
        services.AddSingleton(static provider => new Leadership(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new LeaderElector(
            new KubeLeaseLock(new KubeClient(connection, provider.GetRequiredService<TimeProvider>()), options.LeaseNamespace ?? connection.Namespace, NameOf(options)),
            provider.GetRequiredService<Leadership>(),
            TimesOf(options.LeaseDuration, $"{Environment.MachineName}_{Guid.NewGuid():N}"),
            provider.GetRequiredService<TimeProvider>(),
            new Random(),
            provider.GetRequiredService<ILogger<LeaderElector>>()));
        return services;
    }
}
