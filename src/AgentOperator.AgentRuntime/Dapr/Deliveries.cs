using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>The app's side of subscriptions, for whatever server it has.</summary>
internal static class Deliveries
{
    /// <summary>Header by which the sidecar shows that it is the app's own.</summary>
    public const string TokenHeader = "dapr-api-token";

    /// <summary>Body of the answer at <see cref="TopicSubscription.Path"/>, application/json.</summary>
    public static byte[] Subscriptions(IReadOnlyList<TopicSubscription> subscriptions) => JsonSerializer.SerializeToUtf8Bytes([.. subscriptions], DaprJsonContext.Default.TopicSubscriptionArray);

    /// <summary>Body of the answer to a delivery, status 200, application/json.</summary>
    public static ReadOnlySpan<byte> Answer(DeliveryVerdict verdict) => verdict switch
    {
        DeliveryVerdict.Retry => """{"status":"RETRY"}"""u8,
        DeliveryVerdict.Drop => """{"status":"DROP"}"""u8,
        _ => """{"status":"SUCCESS"}"""u8,
    };

    /// <summary>Whether a caller has shown the token that the sidecar was given; without one everybody has.</summary>
    public static bool IsFromSidecar(string? shown, DaprOptions options) =>
        options.AppToken is not { } token || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(shown ?? ""));
}
