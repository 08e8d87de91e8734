using AgentOperator.Local.Dapr.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AgentOperator.Local.Dapr.Invocation;

/// <summary><c>/v1.0/invoke</c>, and any other path with the header <c>dapr-app-id</c>.</summary>
internal sealed class InvokeApi(DaprMesh mesh, string appId, string ns, AppChannel? own)
{
    private const int BufferSize = 16 * 1024;
    private const int Retries = 3;

    /// <param name="request">The call.</param>
    /// <param name="target"><c>ID</c> or <c>ID.NAMESPACE</c>.</param>
    /// <param name="path">What is called on the app, as the caller escaped it.</param>
    public async Task InvokeAsync(ApiRequest request, string target, string path)
    {
        string[] parts = target.Split('.', 2);
        (string id, string space) = (parts[0], parts.Length > 1 ? parts[1] : ns);
        bool isOwn = id == appId && space == ns;
        AppChannel app = (isOwn ? own : await RemoteAsync(request, target, id, space)) ?? throw Failure(target, "app channel is not initialized: the app has no dapr.io/app-port");
        HttpContext http = request.Http;
        using HttpRequestMessage call = app.Request(new HttpMethod(http.Request.Method), path + http.Request.QueryString.Value);
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            call.Content = new StreamContent(http.Request.Body, BufferSize);
        }

        InvokeHeaders.ToApp(http.Request.Headers, call);
        call.Headers.TryAddWithoutValidation(InvokeHeaders.CallerAppId, appId);
        call.Headers.TryAddWithoutValidation(InvokeHeaders.CallerNamespace, ns);
        call.Headers.TryAddWithoutValidation(InvokeHeaders.CalleeAppId, id);
        if (!isOwn)
        {
            Forwarded(http, call);
        }

        try
        {
            await app.StreamAsync(call, response => CopyAsync(response, http), request.Cancellation);
        }
        catch (Exception error) when (error is HttpRequestException or IOException && !http.Response.HasStarted && error.InnerException is not BadHttpRequestException)
        {
            throw Failure(target, error.Message);
        }
        catch (HttpRequestException error) when (error.InnerException is BadHttpRequestException inner)
        {
            // The caller's body is at fault, too large for one.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
        }
    }

    public static DaprApiException NoAppId() => new(404, "ERR_DIRECT_INVOKE", "failed getting app id either from the URL path or the header dapr-app-id");

    /// <summary>Looks three times more, as Dapr's built-in policy does for what is unavailable.</summary>
    private async Task<AppChannel?> RemoteAsync(ApiRequest request, string target, string id, string space)
    {
        for (int retry = 0; retry <= Retries; retry++)
        {
            if (mesh.Sidecars.Next(space, id) is { } sidecar)
            {
                return sidecar.App;
            }

            await Task.Delay(mesh.InvokeAgainAfter, mesh.Time, request.Cancellation);
        }

        throw Failure(target, $"no sidecar of app id {id} that can be invoked is ready in namespace {space}");
    }

    private static void Forwarded(HttpContext http, HttpRequestMessage call)
    {
        string caller = http.Connection.LocalIpAddress?.ToString() ?? "127.0.0.1";
        string host = call.RequestUri!.Host;
        foreach ((string name, string value) in new[] { ("X-Forwarded-For", caller), ("X-Forwarded-Host", host), ("Forwarded", $"for={caller};by={caller};host={host}") })
        {
            call.Headers.Remove(name);
            call.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static async Task CopyAsync(HttpResponseMessage response, HttpContext http)
    {
        http.Response.StatusCode = (int)response.StatusCode;
        InvokeHeaders.ToCaller(response, http.Response.Headers);
        await using Stream body = await response.Content.ReadAsStreamAsync(http.RequestAborted);
        if (HttpMethods.IsHead(http.Request.Method) || http.Response.StatusCode is 204 or 304)
        {
            return;
        }

        await http.Response.StartAsync(http.RequestAborted);
        byte[] buffer = new byte[BufferSize];
        try
        {
            while (await body.ReadAsync(buffer, http.RequestAborted) is var count and > 0)
            {
                await http.Response.Body.WriteAsync(buffer.AsMemory(0, count), http.RequestAborted);

                // Events go on as they come.
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            // Half of an answer must not look like a whole one.
            http.Abort();
        }
    }

    private static DaprApiException Failure(string target, string reason) => new(500, "ERR_DIRECT_INVOKE", $"failed to invoke, id: {target}, err: {reason}");
}
