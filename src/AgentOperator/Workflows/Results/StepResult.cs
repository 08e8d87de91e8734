using System.Text;
using System.Text.Json;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Results;

/// <summary>Reads what a step wrote to its termination log: one JSON object keyed by output name.</summary>
internal static class StepResult
{
    /// <summary>The kubelet cuts a container's termination message here.</summary>
    public const int MaxBytes = 4096;

    private const string Log = "what was written to /dev/termination-log";

    /// <summary>Bytes that the outputs of all steps of a run may have in its status.</summary>
    public const int MaxRunBytes = 64 * 1024;

    /// <summary>Bytes of outputs as JSON.</summary>
    public static int Bytes(IReadOnlyDictionary<string, JsonElement>? outputs) =>
        outputs?.Sum(static output => output.Key.Length + Encoding.UTF8.GetByteCount(output.Value.GetRawText())) ?? 0;

    /// <summary>The declared outputs, or what is wrong with them. Keys that are not declared are dropped.</summary>
    public static (IReadOnlyDictionary<string, JsonElement>? Outputs, string? Problem) Read(IReadOnlyList<StepOutput> declared, string? message, out IReadOnlyList<string> dropped, string source = Log)
    {
        dropped = [];
        if (string.IsNullOrWhiteSpace(message))
        {
            return (null, $"{(source == Log ? "nothing was written to /dev/termination-log" : $"{source} is empty")}: write one JSON object with {string.Join(", ", declared.Select(static output => output.Name))}");
        }

        JsonElement root;
        try
        {
            using JsonDocument document = JsonDocument.Parse(message);
            root = document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            return (null, Encoding.UTF8.GetByteCount(message) >= MaxBytes
                ? $"{source} was cut at {MaxBytes} bytes, the most that Kubernetes keeps, and is no JSON any more: write less, or a reference"
                : $"{source} is not JSON (byte {error.BytePositionInLine} of line {error.LineNumber + 1}): write one JSON object");
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return (null, $"{source} is {JsonType.NameOf(root)}: write one JSON object");
        }

        string[] names;
        try
        {
            names = [.. root.EnumerateObject().Select(static property => property.Name)];
        }
        catch (InvalidOperationException)
        {
            // How .NET says that an escape is half of a pair.
            return (null, $"{source} has a name that is no Unicode (half of a surrogate pair): write the names of the outputs");
        }

        Dictionary<string, JsonElement> outputs = new(StringComparer.Ordinal);
        foreach (StepOutput output in declared)
        {
            string type = output.Type ?? ValueTypes.String;
            if (!root.TryGetProperty(output.Name, out JsonElement value))
            {
                return (null, $"output {output.Name} was not written");
            }

            if (!JsonType.Matches(type, value))
            {
                return (null, $"output {output.Name} is declared as {type}, but is {JsonType.NameOf(value)}");
            }

            if (!IsStorable(value))
            {
                return (null, $"output {output.Name} holds a number or a character that JSON in Kubernetes cannot: numbers must fit 64 bits, text must be Unicode");
            }

            outputs.Add(output.Name, value);
        }

        dropped = [.. names.Where(name => !outputs.ContainsKey(name) && name is not ['$', ..])];
        return (outputs, null);
    }

    /// <summary>False for half of a surrogate pair and for numbers beyond a double, deep inside too: status could not be written with them.</summary>
    public static bool IsStorable(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() is not null,
                JsonValueKind.Number => value.TryGetInt64(out _) || double.IsFinite(value.GetDouble()),
                JsonValueKind.Array => value.EnumerateArray().All(IsStorable),
                JsonValueKind.Object => value.EnumerateObject().All(static property => property.Name is not null && IsStorable(property.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            // How .NET says that an escape is half of a pair.
            return false;
        }
    }
}
