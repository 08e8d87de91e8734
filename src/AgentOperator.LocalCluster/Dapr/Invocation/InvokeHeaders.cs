using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace AgentOperator.Local.Dapr.Invocation;

/// <summary>Which headers go from caller to app and back.</summary>
internal static class InvokeHeaders
{
    public const string AppId = "dapr-app-id";
    public const string CallerAppId = "dapr-caller-app-id";
    public const string CallerNamespace = "dapr-caller-namespace";
    public const string CalleeAppId = "dapr-callee-app-id";

    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase) { "Host", "dapr-api-token", AppId, CallerAppId, CallerNamespace, CalleeAppId };

    public static void ToApp(IHeaderDictionary from, HttpRequestMessage to)
    {
        HashSet<string> named = Named(from.Connection);
        foreach ((string name, StringValues values) in from)
        {
            if (HopByHop.Contains(name) || Own.Contains(name) || named.Contains(name) || name.StartsWith(':') || IsBasicAppId(name, values))
            {
                continue;
            }

            if (!to.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                to.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }
    }

    /// <summary>A length is left out, as Dapr does: what is streamed ends when it ends.</summary>
    public static void ToCaller(HttpResponseMessage from, IHeaderDictionary to)
    {
        HashSet<string> named = Named(from.Headers.TryGetValues("Connection", out IEnumerable<string>? values) ? values : []);
        foreach ((string name, IEnumerable<string> all) in All(from.Headers).Concat(All(from.Content.Headers)))
        {
            if (!HopByHop.Contains(name) && !Own.Contains(name) && !named.Contains(name) && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                to[name] = all.ToArray();
            }
        }
    }

    /// <summary>The app id in basic authentication, <c>dapr-app-id:ID</c>; null for none.</summary>
    public static string? BasicAppId(IHeaderDictionary headers)
    {
        if (!AuthenticationHeaderValue.TryParse(headers.Authorization, out AuthenticationHeaderValue? value) || !value.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        Span<byte> bytes = new byte[value.Parameter?.Length ?? 0];
        string text = Convert.TryFromBase64String(value.Parameter ?? "", bytes, out int length) ? System.Text.Encoding.UTF8.GetString(bytes[..length]) : "";
        return text.StartsWith(AppId + ":", StringComparison.Ordinal) ? text[(AppId.Length + 1)..] : null;
    }

    private static bool IsBasicAppId(string name, StringValues values) =>
        name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) && BasicAppId(new HeaderDictionary { ["Authorization"] = values }) is not null;

    private static HashSet<string> Named(IEnumerable<string?> connection) =>
        connection.SelectMany(static value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<(string Name, IEnumerable<string> Values)> All(HttpHeaders headers) => headers.NonValidated.Select(static entry => (entry.Key, (IEnumerable<string>)[.. entry.Value]));
}
