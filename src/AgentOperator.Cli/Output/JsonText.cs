using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Cli.Output;

/// <summary>Values as JSON that people can read too: arrows and umlauts are not escaped.</summary>
internal static class JsonText
{
    private static readonly CliJsonContext Context = new(new JsonSerializerOptions(CliJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static readonly CliJsonContext Compact = new(new JsonSerializerOptions(Context.Options) { WriteIndented = false });

    /// <summary>One value a line, for what goes on.</summary>
    public static void WriteLine<T>(Terminal terminal, T value) => terminal.Out.WriteLine(JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Compact.GetTypeInfo(typeof(T))!));

    public static void Write<T>(Terminal terminal, T value) => terminal.Out.WriteLine(JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Context.GetTypeInfo(typeof(T))!));
}
