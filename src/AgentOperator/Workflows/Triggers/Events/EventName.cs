using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AgentOperator.Workflows.Triggers.Events;

/// <summary>Names that follow from an event: the same for every delivery of it, on every replica and after every crash.</summary>
internal static class EventName
{
    /// <summary>Trigger of a change of the definition itself.</summary>
    public const string Apply = "apply";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    // As for Jobs: names of what the Workflow makes have to fit behind it.
    private const int MaxChild = 52;
    private const int ChildHash = 10;
    private const int MaxDeliveryPrefix = 40;
    private const int DeliveryHash = 20;
    private const int MaxId = 200;

    /// <summary>Name of the Workflow of an event.</summary>
    public static string OfChild(string definition, string uid, string trigger, string id)
    {
        // A time can be read by people; the hash keeps definitions of one name, one after the other, apart.
        string suffix = TimeOf(id) is { } time
            ? $"{time.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture)}-{Hash(uid, trigger, id)[..(ChildHash / 2)]}"
            : Hash(uid, trigger, id)[..ChildHash];
        return $"{Cut($"{definition}-{trigger}", MaxChild - suffix.Length - 1)}-{suffix}";
    }

    /// <summary>Name of the ConfigMap of an event.</summary>
    public static string OfDelivery(string definition, string uid, string trigger, string id) => $"{Cut(definition, MaxDeliveryPrefix)}-event-{Hash(uid, trigger, id)[..DeliveryHash]}";

    /// <summary>Id of a scheduled time.</summary>
    public static string Id(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>The scheduled time that an id is of; null for another kind of id.</summary>
    public static DateTimeOffset? TimeOf(string id) =>
        DateTimeOffset.TryParseExact(id, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;

    /// <summary>An id of somebody else's in a form that can be kept: a long or odd one by its digest.</summary>
    public static string Clean(string id) => id.Length is > 0 and <= MaxId && id.All(static c => c is > ' ' and < (char)127) ? id : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";

    private static string Cut(string text, int length)
    {
        text = text.Replace('.', '-');
        return (text.Length > length ? text[..length] : text).TrimEnd('-');
    }

    private static string Hash(string uid, string trigger, string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{uid}/{trigger}/{id}")));
}
