using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AgentOperator.Local.Dapr.Api;
using AgentOperator.Local.Dapr.Invocation;
using AgentOperator.Local.Dapr.Messaging;
using AgentOperator.Local.Dapr.Secrets;
using AgentOperator.Local.Dapr.State;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Local.Dapr.Sidecars;

/// <summary>Which part of the API a request is for.</summary>
internal sealed class SidecarRouter(SidecarOptions options, MetadataApi metadata, StateApi states, PublishApi publish, SecretsApi secrets, InvokeApi invoke, Action<int> shutdown, Action<string> log)
{
    private const string Token = "dapr-api-token";
    private const string V1 = "v1.0";
    private const string Alpha = "v1.0-alpha1";

    /// <summary>Parts of Dapr's API that are not here.</summary>
    private static readonly HashSet<string> Unimplemented = new(StringComparer.Ordinal) { "lock", "unlock", "bindings", "configuration", "conversation", "jobs", "job", "actors", "workflows", "crypto", "subtlecrypto", "state", "publish", "secrets" };

    private static readonly HashSet<string> Versions = new(StringComparer.Ordinal) { V1, Alpha, "v1.0-alpha2", "v1.0-beta1" };

    /// <param name="http">The request.</param>
    /// <param name="isPublic">It came on the port that serves health and metadata alone, without a token.</param>
    public async Task HandleAsync(HttpContext http, bool isPublic)
    {
        ApiRequest request = new(http);
        Trace(http);
        try
        {
            if (!isPublic && !IsHealth(request) && !HasToken(http))
            {
                await request.BytesAsync("invalid api token"u8.ToArray(), "text/plain; charset=utf-8", StatusCodes.Status401Unauthorized);
                return;
            }

            if (!Baggage.IsValid(http.Request.Headers.Baggage))
            {
                throw new DaprApiException(400, "ERR_MALFORMED_REQUEST", "invalid baggage header");
            }

            await (isPublic ? PublicAsync(request) : RouteAsync(request));
        }
        catch (DaprApiException error) when (!http.Response.HasStarted)
        {
            await request.JsonAsync(error.ToJson(), error.Status);
        }
        catch (BadHttpRequestException error) when (!http.Response.HasStarted)
        {
            await request.JsonAsync(new JsonObject { ["errorCode"] = "ERR_MALFORMED_REQUEST", ["message"] = error.Message }, error.StatusCode);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Abort();
        }
#pragma warning disable CA1031 // One request's failure must not take the sidecar down; what the request held is not told.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log($"{request.Method} of {string.Join('/', request.Segments.Take(2))} failed: {error.GetType().Name}");
            if (http.Response.HasStarted)
            {
                http.Abort();
            }
            else
            {
                await request.JsonAsync(new JsonObject { ["errorCode"] = "ERR_INTERNAL", ["message"] = "the sidecar of the local cluster failed" }, StatusCodes.Status500InternalServerError);
            }
        }
    }

    private Task PublicAsync(ApiRequest request) => request.Segments switch
    {
        [V1, "healthz"] or [V1, "metadata"] => RouteAsync(request),
        [V1, "metadata", _] when HttpMethods.IsPut(request.Method) => RouteAsync(request),
        _ => throw new DaprApiException(404, "ERR_NOT_FOUND", "only health and metadata are served on this port"),
    };

    private Task RouteAsync(ApiRequest request)
    {
        string[] segments = request.Segments;
        bool isGet = HttpMethods.IsGet(request.Method);
        switch (segments)
        {
            case [V1, "healthz"] when isGet:
                metadata.Health(request);
                return Task.CompletedTask;
            case [V1, "healthz", "outbound"] when isGet:
                metadata.OutboundHealth(request);
                return Task.CompletedTask;
            case [V1, "metadata"] when isGet:
                return metadata.GetAsync(request);
            case [V1, "metadata", var key] when HttpMethods.IsPut(request.Method):
                return metadata.PutAsync(request, key);
            case [V1, "shutdown"] when HttpMethods.IsPost(request.Method):
                bool isForced = string.Equals(request.Http.Request.Headers["dapr-force-shutdown"], "true", StringComparison.OrdinalIgnoreCase);
                request.Http.Response.OnCompleted(() =>
                {
                    shutdown(isForced ? 1 : 0);
                    return Task.CompletedTask;
                });
                request.Empty();
                return Task.CompletedTask;
            case [V1, "invoke", var target, "method", ..]:
                return invoke.InvokeAsync(request, target, Rest(request, 4));
            case [V1, "invoke", ..]:
                throw InvokeApi.NoAppId();
            case [V1, "state", ..] or [Alpha, "state", ..]:
                return StateAsync(request);
            case [V1 or Alpha, "publish", ..] when request.IsWrite:
                return PublishAsync(request);
            case [V1, "secrets", var store, "bulk"] when isGet:
                return secrets.BulkAsync(request, store);
            case [V1, "secrets", var store, .. { Length: > 0 } name] when isGet:
                return secrets.GetAsync(request, store, string.Join('/', name));
            case [var version, var api, ..] when Versions.Contains(version) && Unimplemented.Contains(api):
                throw new DaprApiException(501, "ERR_API_UNIMPLEMENTED", $"the local cluster's sidecar does not have {request.Method} of the {api} API");
            default:
                string? header = request.Http.Request.Headers[InvokeHeaders.AppId].FirstOrDefault();
                return (header is { Length: > 0 } ? header : InvokeHeaders.BasicAppId(request.Http.Request.Headers)) is { Length: > 0 } app
                    ? invoke.InvokeAsync(request, app, Rest(request, 0))
                    : throw InvokeApi.NoAppId();
        }
    }

    private Task StateAsync(ApiRequest request)
    {
        switch (request.Segments)
        {
            case [V1, _, var store] when request.IsWrite:
                return states.SaveAsync(request, store);
            case [V1, _, var store, "bulk"] when request.IsWrite:
                return states.BulkGetAsync(request, store);
            case [V1, _, var store, "transaction"] when request.IsWrite:
                return states.TransactAsync(request, store);
            case [V1, _, var store, var key] when HttpMethods.IsGet(request.Method):
                return states.GetAsync(request, store, key);
            case [V1, _, var store, var key] when HttpMethods.IsDelete(request.Method):
                states.Delete(request, store, key);
                return Task.CompletedTask;
            case [Alpha, _, var store, "query"] when request.IsWrite:
                states.Query(store);
                return Task.CompletedTask;
            default:
                throw InvokeApi.NoAppId();
        }
    }

    private Task PublishAsync(ApiRequest request) => request.Segments switch
    {
        [_, _, "bulk", var pubsub, .. var topic] => publish.BulkAsync(request, pubsub, string.Join('/', topic)),
        [V1, _, var pubsub, .. var topic] => publish.PublishAsync(request, pubsub, string.Join('/', topic)),
        [V1, _] => publish.PublishAsync(request, "", ""),
        _ => throw InvokeApi.NoAppId(),
    };

    private static string Rest(ApiRequest request, int skip)
    {
        string path = string.Join('/', request.RawSegments.Skip(skip));
        return request.IsFolder && path.Length > 0 ? path + "/" : path;
    }

    private static bool IsHealth(ApiRequest request) => request.Segments is [V1, "healthz"] or [V1, "healthz", "outbound"];

    private bool HasToken(HttpContext http) => options.ApiToken is not { Length: > 0 } token
        || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(http.Request.Headers[Token].ToString()));

    private static void Trace(HttpContext http)
    {
        if (http.Request.Headers.TraceParent is [{ } parent])
        {
            http.Response.Headers.TraceParent = parent;
            if (http.Request.Headers.TraceState.Count > 0)
            {
                http.Response.Headers.TraceState = http.Request.Headers.TraceState;
            }
        }
    }
}
