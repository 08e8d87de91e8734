using System.Text.Json.Nodes;
using AgentOperator.Local.Dapr.Api;
using AgentOperator.Local.Dapr.Components;

namespace AgentOperator.Local.Dapr.Secrets;

/// <summary><c>/v1.0/secrets</c>.</summary>
internal sealed class SecretsApi(Func<ComponentSet> components)
{
    public async Task GetAsync(ApiRequest request, string store, string name)
    {
        ISecretStore found = Store(store);
        IReadOnlyDictionary<string, string>? values;
        try
        {
            values = await found.FindAsync(name, request.Metadata().GetValueOrDefault("namespace"), request.Cancellation);
        }
        catch (SecretStoreException error)
        {
            throw Failure(name, store, error.Message);
        }

        await request.JsonAsync(Json(values ?? throw Failure(name, store, $"secret {name} not found")));
    }

    public async Task BulkAsync(ApiRequest request, string store)
    {
        ISecretStore found = Store(store);
        try
        {
            IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> all = await found.AllAsync(request.Metadata().GetValueOrDefault("namespace"), request.Cancellation);
            await request.JsonAsync(new JsonObject(all.Select(static entry => new KeyValuePair<string, JsonNode?>(entry.Key, Json(entry.Value)))));
        }
        catch (SecretStoreException error)
        {
            throw new DaprApiException(500, "ERR_SECRET_GET", $"failed getting secrets from secret store {store}: {error.Message}");
        }
    }

    private static JsonObject Json(IReadOnlyDictionary<string, string> values) => new(values.Select(static entry => new KeyValuePair<string, JsonNode?>(entry.Key, entry.Value)));

    private static DaprApiException Failure(string name, string store, string reason) => new(500, "ERR_SECRET_GET", $"failed getting secret with key {name} from secret store {store}: {reason}");

    private ISecretStore Store(string name)
    {
        IReadOnlyDictionary<string, ISecretStore> stores = components().SecretStores;
        return stores.GetValueOrDefault(name) ?? throw (stores.Count == 0
            ? new DaprApiException(500, "ERR_SECRET_STORES_NOT_CONFIGURED", "secret store is not configured")
            : new DaprApiException(401, "ERR_SECRET_STORE_NOT_FOUND", $"failed finding secret store with key {name}"));
    }
}
