using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Local.Dapr.Subscriptions;

/// <summary>Reads an app's answers to messages.</summary>
internal static class DeliveryResults
{
    /// <summary>Of one message: a good status with nothing to read in the body is a success; an app that does not have the path never will.</summary>
    public static DeliveryResult Of(int status, ReadOnlySpan<byte> body)
    {
        if (status is < 200 or > 299)
        {
            return status == StatusCodes.Status404NotFound ? DeliveryResult.Drop : DeliveryResult.Retry;
        }

        try
        {
            return body.IsEmpty || JsonSerializer.Deserialize(body, DaprJsonContext.Default.AppVerdict)?.Status is not { ValueKind: JsonValueKind.String } text || text.GetString() is not { Length: > 0 } verdict
                ? DeliveryResult.Success
                : Of(verdict);
        }
        catch (JsonException)
        {
            return DeliveryResult.Success;
        }
    }

    /// <summary>Of several messages: one that the answer does not name is tried again.</summary>
    public static IReadOnlyDictionary<string, DeliveryResult> OfBulk(int status, ReadOnlySpan<byte> body, IReadOnlyCollection<string> ids)
    {
        if (status is < 200 or > 299)
        {
            DeliveryResult all = status == StatusCodes.Status404NotFound ? DeliveryResult.Drop : DeliveryResult.Retry;
            return ids.ToDictionary(static id => id, _ => all, StringComparer.Ordinal);
        }

        Dictionary<string, DeliveryResult> results = ids.ToDictionary(static id => id, static _ => DeliveryResult.Retry, StringComparer.Ordinal);
        try
        {
            foreach (BulkVerdictEntry entry in JsonSerializer.Deserialize(body, DaprJsonContext.Default.BulkVerdict)?.Statuses ?? [])
            {
                if (entry.EntryId is { } id && results.ContainsKey(id))
                {
                    results[id] = entry.Status is { Length: > 0 } verdict ? Of(verdict) : DeliveryResult.Retry;
                }
            }
        }
        catch (JsonException)
        {
            return results;
        }

        return results;
    }

    private static DeliveryResult Of(string verdict) => verdict switch
    {
        "SUCCESS" => DeliveryResult.Success,
        "DROP" => DeliveryResult.Drop,
        _ => DeliveryResult.Retry,
    };
}
