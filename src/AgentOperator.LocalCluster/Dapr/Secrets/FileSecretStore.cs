using System.Text.Json;
using AgentOperator.Local.Dapr.Components;

namespace AgentOperator.Local.Dapr.Secrets;

/// <summary><c>secretstores.local.file</c>: a JSON file, read once. Objects in it are flattened with a separator, or with <c>multiValued</c> are secrets of several keys.</summary>
internal sealed class FileSecretStore(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> secrets) : ISecretStore
{
    /// <exception cref="ComponentInitException">The file cannot be read.</exception>
    public static FileSecretStore Open(LoadedComponent component, Func<string, string> filePath)
    {
        string path = component.Setting("secretsFile") ?? "";
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(filePath(path)));
            return new FileSecretStore(Read(document.RootElement, component.Setting("nestedSeparator") is { Length: > 0 } separator ? separator : ":", component.Setting("multiValued") is "true"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            // A parser's message can quote the file.
            string reason = error is JsonException ? "it is not JSON" : error.Message;
            throw new ComponentInitException($"[INIT_COMPONENT_FAILURE]: initialization error occurred for {component.Name} ({component.Type}/{component.Version}): the secretsFile \"{path}\" cannot be read: {reason}");
        }
    }

    public Task<IReadOnlyDictionary<string, string>?> FindAsync(string name, string? ns, CancellationToken cancellation) => Task.FromResult(secrets.GetValueOrDefault(name));

    public Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> AllAsync(string? ns, CancellationToken cancellation) => Task.FromResult(secrets);

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Read(JsonElement root, string separator, bool isMultiValued)
    {
        if (isMultiValued)
        {
            return root.EnumerateObject().ToDictionary(
                static property => property.Name,
                property => (IReadOnlyDictionary<string, string>)(property.Value.ValueKind == JsonValueKind.Object
                    ? Flatten(property.Value, "", separator).ToDictionary(static entry => entry.Key, static entry => entry.Value, StringComparer.Ordinal)
                    : new Dictionary<string, string>(StringComparer.Ordinal) { [property.Name] = Text(property.Value) }),
                StringComparer.Ordinal);
        }

        return Flatten(root, "", separator).ToDictionary(
            static entry => entry.Key, static entry => (IReadOnlyDictionary<string, string>)new Dictionary<string, string>(StringComparer.Ordinal) { [entry.Key] = entry.Value }, StringComparer.Ordinal);
    }

    private static IEnumerable<(string Key, string Value)> Flatten(JsonElement value, string path, string separator) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Flatten(property.Value, path.Length == 0 ? property.Name : path + separator + property.Name, separator)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => Flatten(item, FormattableString.Invariant($"{path}{separator}{index}"), separator)),
        _ => [(path, Text(value))],
    };

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
