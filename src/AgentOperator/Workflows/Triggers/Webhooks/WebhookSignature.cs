using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentOperator.Api.Workflows.Triggers;

namespace AgentOperator.Workflows.Triggers.Webhooks;

/// <summary>Whether a request was signed by who knows the secret, and when. What it compares takes the same time whatever it is compared with.</summary>
internal static class WebhookSignature
{
    private const string GitHubPrefix = "sha256=";
    private const string StandardPrefix = "v1,";
    private const string SecretPrefix = "whsec_";

    private static readonly TimeSpan DefaultWindow = TimeSpan.FromMinutes(5);

    /// <summary>Why the request is not to be believed, for the operator's log alone; null when it is.</summary>
    /// <param name="webhook">Says how requests are signed.</param>
    /// <param name="secret">What both sides know.</param>
    /// <param name="header">Gives a request's header; null for none.</param>
    /// <param name="body">The request's body.</param>
    /// <param name="now">The time.</param>
    public static string? Problem(WebhookTrigger webhook, ReadOnlyMemory<byte> secret, Func<string, string?> header, byte[] body, DateTimeOffset now) =>
        webhook.Scheme == WebhookSchemes.Standard ? Standard(webhook, secret, header, body, now) : GitHub(webhook, secret, header, body);

    /// <summary>The event's id: from its header, or from the body.</summary>
    public static string IdOf(WebhookTrigger webhook, Func<string, string?> header, byte[] body)
    {
        string name = webhook.IdHeader ?? (webhook.Scheme == WebhookSchemes.Standard ? "webhook-id" : "X-GitHub-Delivery");
        return webhook.EventId != WebhookEventIds.Body && header(name) is { Length: > 0 } given ? given : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(body))}";
    }

    /// <summary>Header of the signature.</summary>
    public static string HeaderOf(WebhookTrigger webhook) => webhook.SignatureHeader ?? (webhook.Scheme == WebhookSchemes.Standard ? "webhook-signature" : "X-Hub-Signature-256");

    private static string? GitHub(WebhookTrigger webhook, ReadOnlyMemory<byte> secret, Func<string, string?> header, byte[] body)
    {
        string expected = GitHubPrefix + Convert.ToHexStringLower(HMACSHA256.HashData(secret.Span, body));
        return AreSame(header(HeaderOf(webhook)) ?? "", expected) ? null : $"{HeaderOf(webhook)} is not the HMAC-SHA256 of the body";
    }

    private static string? Standard(WebhookTrigger webhook, ReadOnlyMemory<byte> secret, Func<string, string?> header, byte[] body, DateTimeOffset now)
    {
        string timeHeader = webhook.TimestampHeader ?? "webhook-timestamp";
        string id = header(webhook.IdHeader ?? "webhook-id") ?? "";
        string stamp = header(timeHeader) ?? "";
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{stamp}."), .. body];
        string expected = Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret), signed));
        bool isSigned = false;
        foreach (string signature in (header(HeaderOf(webhook)) ?? "").Split(' '))
        {
            // Several stand side by side while a secret is rotated.
            isSigned |= AreSame(signature, StandardPrefix + expected);
        }

        if (!isSigned)
        {
            return $"{HeaderOf(webhook)} is not the HMAC-SHA256 of id, time and body";
        }

        TimeSpan window = webhook.ReplayWindow?.ToTimeSpan() ?? DefaultWindow;
        return id.Length == 0 ? "the event has no id"
            : long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= window.TotalSeconds ? null
            : $"{timeHeader} {(stamp.Length <= 20 ? stamp : "is no time")} is further than {window.TotalSeconds:0} s from now";
    }

    private static byte[] KeyOf(ReadOnlyMemory<byte> secret)
    {
        string text = Encoding.UTF8.GetString(secret.Span).Trim();
        byte[] key = new byte[text.Length];
        return text.StartsWith(SecretPrefix, StringComparison.Ordinal) && Convert.TryFromBase64String(text[SecretPrefix.Length..], key, out int length) ? key[..length] : secret.ToArray();
    }

    private static bool AreSame(string given, string expected) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
