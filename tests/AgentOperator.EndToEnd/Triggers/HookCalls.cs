using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AgentOperator.Testing;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Triggers;

/// <summary>Sends webhooks to an operator as GitHub does, and as standardwebhooks.com has it.</summary>
internal sealed partial class HookCalls(Uri address) : IDisposable
{
    public const string Secret = "It's a Secret to Everybody";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(30) }) { BaseAddress = address };

    /// <summary>Where an operator listens, as its log has it.</summary>
    public static async Task<Uri> AddressAsync(OperatorProcess process, string flag)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Limits.Patience);
        while (true)
        {
            Match match = Listening().Match((await process.ReadLogAsync(patience.Token)).Split('\n').FirstOrDefault(line => line.Contains($"{flag}: listening", StringComparison.Ordinal)) ?? "");
            if (match.Success)
            {
                return new Uri(match.Value);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Hex HMAC of the body.</summary>
    public static string Sign(string body, string secret = Secret) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    public Task<(HttpStatusCode Status, string Text)> PushAsync(string path, string id, string body, string? signature = null) => SendAsync(path, body, new Dictionary<string, string>
    {
        ["X-GitHub-Delivery"] = id,
        ["X-GitHub-Event"] = "push",
        ["X-Hub-Signature-256"] = signature ?? Sign(body),
    });

    public Task<(HttpStatusCode Status, string Text)> StandardAsync(string path, string id, DateTimeOffset at, string body, string? signedId = null)
    {
        string stamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{signedId ?? id}.{stamp}.{body}")));
        return SendAsync(path, body, new Dictionary<string, string> { ["webhook-id"] = id, ["webhook-timestamp"] = stamp, ["webhook-signature"] = $"v1,bm9uZQ== v1,{signature}" });
    }

    public async Task<(HttpStatusCode Status, string Text)> SendAsync(string path, string body, IReadOnlyDictionary<string, string> headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.ExpectContinue = true;
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd());
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
