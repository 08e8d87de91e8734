using System.Text.Json;
using AgentOperator.Cel;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Expressions;

/// <summary><c>file(x)</c>: the path of a file that holds a value. Strings are written as they are, anything else as JSON.</summary>
internal static class FileFunction
{
    /// <summary>What is said where there can be no files.</summary>
    public const string Elsewhere = "file() gives the path of a file in a container: it is for command, args and env of container steps alone; elsewhere write the value itself";

    /// <summary>An environment with the function.</summary>
    /// <param name="environment">What else there is.</param>
    /// <param name="files">Gets the values; null where only the path is asked for.</param>
    public static CelEnvironment In(CelEnvironment environment, StepFiles? files) => environment.With(new CelFunction(StepFiles.Function, [CelType.Dyn], CelType.String, (scoped arguments, ref _) =>
    {
        try
        {
            JsonElement value = arguments[0].ToJsonElement();
            string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            return CelValue.From(files is null ? StepFiles.PathOf(text) : files.Add(text));
        }
        catch (Exception error) when (error is TemplateException or NotSupportedException)
        {
            return CelValue.Error(error.Message);
        }
    }));
}
