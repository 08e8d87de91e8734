using System.Security.Cryptography;
using System.Text;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.LeaderElection;
using AgentOperator.Controllers.Sharding;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models.Coordination;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Hosting;

/// <summary>Which replica works: one that holds the Lease, or, where they share the work, each on its slots. In both cases there is a gate before every write.</summary>
[RequiresAccess<Lease>(Verbs.Create, Verbs.Delete, Verbs.Get, Verbs.List, Verbs.Patch, Verbs.Watch, InOwnNamespace = true)]
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

    public static IServiceCollection AddElection(this IServiceCollection services, OperatorOptions options, KubeConnection connection) =>
        options.Sharding ? services.AddSharding(options, connection) : services.AddLeader(options, connection);

    /// <summary>What the client asks before each write; null: it may.</summary>
    public static Func<bool>? MayWrite(IServiceProvider provider) =>
        provider.GetService<ShardClaims>() is { } claims ? claims.MayWrite
        : provider.GetService<Leadership>() is { } leadership ? () => leadership.IsHeld
        : null;

    private static IServiceCollection AddLeader(this IServiceCollection services, OperatorOptions options, KubeConnection connection)
    {
        services.AddSingleton(static provider => new Leadership(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new LeaderElector(
            new KubeLeaseLock(new KubeClient(connection, provider.GetRequiredService<TimeProvider>()), options.LeaseNamespace ?? connection.Namespace, NameOf(options)),
            provider.GetRequiredService<Leadership>(),
            TimesOf(options.LeaseDuration, NewIdentity()),
            provider.GetRequiredService<TimeProvider>(),
            new Random(),
            provider.GetRequiredService<ILogger<LeaderElector>>()));
        services.AddSingleton<IElector>(static provider => provider.GetRequiredService<LeaderElector>());
        return services;
    }

    private static IServiceCollection AddSharding(this IServiceCollection services, OperatorOptions options, KubeConnection connection)
    {
        LeaderElectionOptions times = TimesOf(options.LeaseDuration, NewIdentity());
        services.AddSingleton(provider => new ShardClaims(provider.GetRequiredService<TimeProvider>(), times.RenewDeadline));
        services.AddSingleton<IElector>(provider => new ShardElector(
            new KubeShardStore(new KubeClient(connection, provider.GetRequiredService<TimeProvider>()), options.LeaseNamespace ?? connection.Namespace, $"{NameOf(options)}-shards"),
            provider.GetRequiredService<ShardClaims>(),
            times,
            provider.GetRequiredService<TimeProvider>(),
            new Random(),
            provider.GetRequiredService<ILogger<ShardElector>>()));
        return services;
    }

    private static string NewIdentity() => $"{Environment.MachineName}_{Guid.NewGuid():N}";
}
