using System.Text.Json;

namespace AgentOperator.Kube;

/// <summary>What to delete, under which conditions.</summary>
public sealed record DeleteOptions
{
    /// <summary>Deletes only this very object, not another one under its name.</summary>
    public string? Uid { get; init; }

    /// <summary>Deletes only this version of it.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary><c>Background</c>, <c>Foreground</c> or <c>Orphan</c>.</summary>
    public string PropagationPolicy { get; init; } = "Background";

    /// <summary>Seconds that a pod gets to end; null for its own.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary>Everything is checked, admission included, and nothing is deleted.</summary>
    public bool DryRun { get; init; }

    internal ByteArrayContent ToContent()
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", "v1");
            writer.WriteString("kind", "DeleteOptions");
            writer.WriteString("propagationPolicy", PropagationPolicy);
            if (GracePeriodSeconds is { } grace)
            {
                writer.WriteNumber("gracePeriodSeconds", grace);
            }

            if (DryRun)
            {
                writer.WriteStartArray("dryRun");
                writer.WriteStringValue("All");
                writer.WriteEndArray();
            }

            if (Uid is not null || ResourceVersion is not null)
            {
                writer.WriteStartObject("preconditions");
                if (Uid is not null)
                {
                    writer.WriteString("uid", Uid);
                }

                if (ResourceVersion is not null)
                {
                    writer.WriteString("resourceVersion", ResourceVersion);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        ByteArrayContent content = new(buffer.ToArray());
        content.Headers.ContentType = new("application/json");
        return content;
    }
}
