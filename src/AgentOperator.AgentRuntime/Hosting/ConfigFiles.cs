using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.AgentRuntime.Hosting;

/// <summary>Files that the operator mounts.</summary>
internal static class ConfigFiles
{
    public static T? Read<T>(string file, JsonTypeInfo<T> type, List<string> problems)
        where T : class
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            T? value = JsonSerializer.Deserialize(stream, type);
            if (value is null)
            {
                problems.Add($"{file} holds null");
            }

            return value;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{file} cannot be read: {error.Message}");
        }
        catch (JsonException error)
        {
            problems.Add($"{file} is not what the runtime expects: {error.Message}");
        }

        return null;
    }
}
