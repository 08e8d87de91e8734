using System.Text;
using System.Text.Json;
using AgentOperator.Api.JsonSchemas;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Api.Runtime;

namespace AgentOperator.PromptTemplates.Linting;

/// <summary>What is wrong with a prompt, or may be. Errors depend on the content alone, so that a revision is valid for good or never.</summary>
internal static class PromptLint
{
    /// <summary>Most bytes of a revision: with the rest of an agent's configuration it must fit into one ConfigMap.</summary>
    public const int MaxBytes = 768 * 1024;

    private const int MaxFindings = 100;
    private const int MaxMessage = 1024;

    /// <param name="content">The prompt.</param>
    /// <param name="contextWindow">Tokens that the smallest model takes; null for no bound.</param>
    public static IReadOnlyList<PromptFinding> Of(PromptContent content, int? contextWindow)
    {
        List<PromptFinding> findings = [];
        int bytes = JsonSerializer.SerializeToUtf8Bytes(content, RuntimeJsonContext.Default.PromptContent).Length;
        if (bytes > MaxBytes)
        {
            findings.Add(Error(PromptFindingCodes.TooLarge, "template", $"the prompt has {bytes} bytes and may have {MaxBytes}: shorten it"));
        }

        JsonSchema? inputs = Schema("inputs", content.Inputs, findings);
        JsonSchema? output = Schema("output", content.Output, findings);
        findings.AddRange(Variables(content));
        findings.AddRange(Examples(content, inputs, output));
        if (contextWindow is { } window && PromptTokens.Estimate(content) is long tokens && tokens > window)
        {
            findings.Add(new PromptFinding { Severity = PromptFindingCodes.Warning, Code = PromptFindingCodes.TooManyTokens, Path = "contextWindow", Message = $"the prompt has about {tokens} tokens without its variables, more than the {window} of contextWindow" });
        }

        return [.. findings.OrderBy(static finding => finding.Severity, StringComparer.Ordinal).Take(MaxFindings)];
    }

    public static bool HasErrors(IEnumerable<PromptFinding> findings) => findings.Any(static finding => finding.Severity == PromptFindingCodes.Error);

    private static JsonSchema? Schema(string path, JsonElement? json, List<PromptFinding> findings)
    {
        if (json is not { } schema)
        {
            return null;
        }

        JsonSchema? parsed = JsonSchema.TryParse(schema, out IReadOnlyList<SchemaProblem> problems);
        findings.AddRange(problems.Select(problem => Error(PromptFindingCodes.InvalidSchema, path + problem.Path.Replace('/', '.'), problem.Message)));
        if (parsed is not null && path == "inputs" && !(schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out JsonElement type) && type.ValueEquals("object")))
        {
            findings.Add(Error(PromptFindingCodes.InvalidSchema, path, "inputs is the schema of an object: write type: object and the variables under properties"));
        }

        return parsed;
    }

    private static IEnumerable<PromptFinding> Variables(PromptContent content)
    {
        HashSet<string> declared = [.. Declared(content.Inputs)];
        HashSet<string> used = new(StringComparer.Ordinal);
        for (int i = 0; i < content.Messages.Count; i++)
        {
            string path = $"template.messages[{i}]";
            (IReadOnlyList<string> names, IReadOnlyList<string> problems) = PromptVariables.Of(content.Messages[i].Content);
            foreach (string problem in problems)
            {
                yield return Error(PromptFindingCodes.BadTemplate, path, problem);
            }

            used.UnionWith(names);
            foreach (string name in names.Distinct(StringComparer.Ordinal).Where(name => !declared.Contains(name)))
            {
                yield return Error(PromptFindingCodes.UnknownVariable, path, $"{{{{{name}}}}} is not in inputs: declare it under inputs.properties, or correct its name");
            }
        }

        foreach (string name in declared.Except(used, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            yield return new PromptFinding { Severity = PromptFindingCodes.Warning, Code = PromptFindingCodes.UnusedInput, Path = Cut($"inputs.properties.{name}", 253), Message = Cut($"no message uses {{{{{name}}}}}: the model never sees it", MaxMessage) };
        }
    }

    private static IEnumerable<string> Declared(JsonElement? inputs) =>
        inputs is { ValueKind: JsonValueKind.Object } schema && schema.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject().Select(static property => property.Name)
            : [];

    private static IEnumerable<PromptFinding> Examples(PromptContent content, JsonSchema? inputs, JsonSchema? output)
    {
        IReadOnlyList<PromptExample> examples = content.Examples ?? [];
        for (int i = 0; i < examples.Count; i++)
        {
            foreach (SchemaViolation violation in inputs?.Validate(examples[i].Input) ?? [])
            {
                yield return Error(PromptFindingCodes.InvalidExample, $"examples[{i}].input", violation.ToString());
            }

            if (output is null && content.Output is null && examples[i].Output.ValueKind != JsonValueKind.String)
            {
                yield return Error(PromptFindingCodes.InvalidExample, $"examples[{i}].output", "must be text: there is no output schema");
            }

            foreach (SchemaViolation violation in output?.Validate(examples[i].Output) ?? [])
            {
                yield return Error(PromptFindingCodes.InvalidExample, $"examples[{i}].output", violation.ToString());
            }
        }
    }

    private static PromptFinding Error(string code, string path, string message) =>
        new() { Severity = PromptFindingCodes.Error, Code = code, Path = Cut(path, 253), Message = Cut(message, MaxMessage) };

    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        StringBuilder cut = new(text, 0, most - 1, most);
        return cut.Append('…').ToString();
    }
}
