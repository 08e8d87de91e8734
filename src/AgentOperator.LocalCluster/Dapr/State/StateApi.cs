using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Local.Dapr.Api;
using AgentOperator.Local.Dapr.Components;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Local.Dapr.State;

/// <summary><c>/v1.0/state</c>.</summary>
internal sealed class StateApi(DaprMesh mesh, string appId, string ns, Func<ComponentSet> components)
{
    private static readonly byte[] Nothing = "null"u8.ToArray();

    public async Task GetAsync(ApiRequest request, string name, string key)
    {
        (StateStore store, StateKeys keys) = Store(name);
        if (store.Find(keys.Of(key)) is not { } entry)
        {
            request.Empty();
            return;
        }

        request.Http.Response.Headers.ETag = entry.Etag;
        if (entry.Expires is { } expires)
        {
            request.Http.Response.Headers["metadata.ttlExpireTime"] = ApiRequest.Time(expires);
        }

        await request.BytesAsync(entry.Value, "application/json");
    }

    public async Task SaveAsync(ApiRequest request, string name)
    {
        (StateStore store, StateKeys keys) = Store(name);
        List<StateSetItem> items = await ReadAsync(request, DaprJsonContext.Default.ListStateSetItem);
        StateChange[] changes = [.. items.Select(item => Upsert(name, keys, item, request, "ERR_STATE_SAVE", "saving"))];
        string[] refused = [.. changes.Where(change => !store.TryApply(change)).Select(static change => change.Key)];
        if (refused.Length > 0)
        {
            throw Mismatch(name, "ERR_STATE_SAVE", "saving", refused[0]);
        }

        request.Empty();
    }

    public void Delete(ApiRequest request, string name, string key)
    {
        (StateStore store, StateKeys keys) = Store(name);
        StateChange change = new(keys.Of(key), null) { Etag = request.Http.Request.Headers.IfMatch.FirstOrDefault(), IsFirstWrite = request.Http.Request.Query["concurrency"] == "first-write" };
        if (!store.TryApply(change))
        {
            throw Mismatch(name, "ERR_STATE_DELETE", "deleting", change.Key);
        }

        request.Empty();
    }

    public async Task BulkGetAsync(ApiRequest request, string name)
    {
        (StateStore store, StateKeys keys) = Store(name);
        StateBulkGet wanted = await ReadAsync(request, DaprJsonContext.Default.StateBulkGet);
        (string Key, string Stored)[] all = [.. (wanted.Keys ?? []).Select(key => (key, keys.Of(key)))];
        await request.JsonAsync(new JsonArray([.. all.Select(pair => Row(pair.Key, store.Find(pair.Stored)))]));
    }

    public async Task TransactAsync(ApiRequest request, string name)
    {
        (StateStore store, StateKeys keys) = Store(name);
        StateTransaction transaction = await ReadAsync(request, DaprJsonContext.Default.StateTransaction);
        List<StateChange> changes = [];
        foreach (StateOperation operation in transaction.Operations ?? [])
        {
            StateSetItem item = operation.Request ?? throw StateErrors.Malformed("an operation has no request");
            changes.Add(operation.Operation switch
            {
                "upsert" => Upsert(name, keys, item, request, "ERR_STATE_TRANSACTION", "transacting", transaction.Metadata),
                "delete" => new StateChange(keys.Of(Key(item)), null) { Etag = item.Etag, IsFirstWrite = IsFirstWrite(item) },
                { } other => throw StateErrors.UnknownOperation(other),
                null => throw StateErrors.UnknownOperation(""),
            });
        }

        if (!store.TryApply(changes))
        {
            throw new DaprApiException(500, "ERR_STATE_TRANSACTION", "error while executing state transaction: possible etag mismatch");
        }

        request.Empty();
    }

    /// <summary>Memory is not searched, as in Dapr.</summary>
    public void Query(string name)
    {
        Store(name);
        throw StateErrors.QueryUnsupported(name);
    }

    private static JsonObject Row(string key, StateEntry? entry)
    {
        JsonObject row = new() { ["key"] = key };
        if (entry is not null)
        {
            row["data"] = JsonNode.Parse(entry.Value.Span);
            row["etag"] = entry.Etag;
            if (entry.Expires is { } expires)
            {
                row["metadata"] = new JsonObject { ["ttlExpireTime"] = ApiRequest.Time(expires) };
            }
        }

        return row;
    }

    private static StateChange Upsert(string store, StateKeys keys, StateSetItem item, ApiRequest request, string code, string verb, IReadOnlyDictionary<string, string>? common = null)
    {
        byte[] value = item.Value is { } json ? System.Text.Encoding.UTF8.GetBytes(json.GetRawText()) : Nothing;
        Dictionary<string, string> metadata = request.Metadata(item.Metadata ?? common);
        TimeSpan? life = null;
        if (metadata.TryGetValue("ttlInSeconds", out string? text) && text.Length > 0)
        {
            life = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seconds)
                ? TimeSpan.FromSeconds(seconds)
                : throw new DaprApiException(500, code, $"failed {verb} state in state store {store}: error parsing TTL: incorrect value for metadata 'ttlInSeconds': {text}");
        }

        return new StateChange(keys.Of(Key(item)), value) { Etag = item.Etag, IsFirstWrite = IsFirstWrite(item), TimeToLive = life };
    }

    private static string Key(StateSetItem item) => item.Key is { Length: > 0 } key ? key : throw StateErrors.Malformed("\"key\" is a required field");

    private static bool IsFirstWrite(StateSetItem item) => item.Options?.Concurrency == "first-write";

    private static DaprApiException Mismatch(string store, string code, string verb, string key) =>
        new(StatusCodes.Status409Conflict, code, $"failed {verb} state in state store {store}: possible etag mismatch. error from state store: state {key} has another version");

    private static async Task<T> ReadAsync<T>(ApiRequest request, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            T body = await request.BodyAsync(type);
            return body is List<StateSetItem> items && items.Exists(static item => item is null) ? throw StateErrors.Malformed("an entry is null") : body;
        }
        catch (JsonException error)
        {
            throw StateErrors.Malformed(error.Message);
        }
    }

    private (StateStore Store, StateKeys Keys) Store(string name)
    {
        LoadedComponent[] stores = [.. components().Of(ComponentKinds.State)];
        LoadedComponent component = stores.FirstOrDefault(store => store.Name == name)
            ?? throw (stores.Length == 0 ? StateErrors.NotConfigured(name, appId) : StateErrors.NotFound(name, appId));
        return (mesh.StoreOf(ns, name), new StateKeys(component, appId, ns));
    }
}
