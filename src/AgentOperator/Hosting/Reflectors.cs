using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Hosting;

/// <summary>Registers the cache of a kind.</summary>
internal static class Reflectors
{
    /// <summary>A store, and what fills it from the operator's namespaces.</summary>
    /// <param name="services">Gets both.</param>
    /// <param name="options">Says which namespaces.</param>
    /// <param name="labelSelector">Narrows what is cached.</param>
    /// <param name="indexBy">What <see cref="ObjectStore{T}.Indexed"/> finds an object by.</param>
    public static void AddReflector<T>(this IServiceCollection services, OperatorOptions options, string? labelSelector = null, Func<T, string?>? indexBy = null)
        where T : class, IKubernetesObject<T>
    {
        services.AddSingleton(new ObjectStore<T>(indexBy));
        string?[] namespaces = options.Namespaces is [] ? [null] : [.. options.Namespaces];
        foreach (string? ns in namespaces)
        {
            services.AddSingleton<IReflector>(provider => new Reflector<T>(
                new ApiObjectSource<T>(provider.GetRequiredService<KubeClient>().Resource<T>(ns), labelSelector),
                provider.GetRequiredService<ObjectStore<T>>(),
                provider.GetRequiredService<TimeProvider>(),
                new Random(),
                provider.GetRequiredService<ILogger<Reflector<T>>>()));
        }
    }
}
