using System.Text;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Kube.Tests.Server;

/// <summary>What the server got.</summary>
internal sealed record RecordedRequest(string Method, string Path, string Query, string Protocol, string? ContentType, string? Authorization, string Host, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public static async Task<RecordedRequest> ReadAsync(HttpRequest request)
    {
        using StreamReader reader = new(request.Body, Encoding.UTF8);
        string body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        return new RecordedRequest(
            request.Method,
            request.Path.Value!,
            request.QueryString.Value ?? "",
            request.Protocol,
            request.ContentType,
            request.Headers.Authorization,
            request.Host.Host,
            body,
            request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
    }
}
