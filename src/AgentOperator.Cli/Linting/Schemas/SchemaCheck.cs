using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AgentOperator.Cli.Linting.Sources;

namespace AgentOperator.Cli.Linting.Schemas;

/// <summary>What the API server would refuse an object for, by the schema of its kind.</summary>
internal sealed class SchemaCheck
{
    private const string Metadata = "metadata";

    private readonly List<SchemaProblem> _problems = [];
    private readonly RuleCheck _rules = new();
    private readonly Dictionary<string, Regex> _patterns = new(StringComparer.Ordinal);

    /// <summary>All problems of an object but those of its metadata, which have a schema of their own.</summary>
    public static IReadOnlyList<SchemaProblem> Problems(SourceNode root, StructuralSchema schema)
    {
        SchemaCheck check = new();
        check.Check(NullPruning.Prune(root, schema), schema, "");
        return check._problems;
    }

    private void Check(SourceNode value, StructuralSchema schema, string path)
    {
        int before = _problems.Count;
        CheckShape(value, schema, path);

        // As on the server, rules see only what has the right shape.
        if (_problems.Count == before)
        {
            _problems.AddRange(_rules.Problems(value, schema.Rules, path));
        }
    }

    private void CheckShape(SourceNode value, StructuralSchema schema, string path)
    {
        if (!IsOfType(value, schema))
        {
            Add(value.At, path, "WrongType", $"{path} must be {TypeText(schema)}, not {Name(value)}");
            return;
        }

        switch (value.Kind)
        {
            case SourceKind.Object:
                CheckObject(value, schema, path);
                break;
            case SourceKind.Array:
                CheckArray(value, schema, path);
                break;
            case SourceKind.String:
                CheckText(value, schema, path);
                break;
            case SourceKind.Integer or SourceKind.Number:
                CheckNumber(value, schema, path);
                break;
        }

        if (schema.Enum is { } allowed && value.Kind != SourceKind.Null && allowed.All(item => item.ToJson() != value.ToJson()))
        {
            string near = value.Kind == SourceKind.String && Nearest.To(value.Text, allowed.Select(static item => item.Text)) is { } meant ? $"; did you mean {meant}?" : "";
            Add(value.At, path, "NotAllowed", $"{path} cannot be {value.ToJson()}: write one of {string.Join(", ", allowed.Select(static item => item.Text))}{near}");
        }
    }

    private void CheckObject(SourceNode value, StructuralSchema schema, string path)
    {
        foreach (string name in schema.Required.Where(name => value[name] is null))
        {
            Add(value.At, SourcePath.Field(path, name), "Required", $"{SourcePath.Field(path, name)} is required: add it");
        }

        foreach (SourceMember member in value.Members.Where(member => path.Length > 0 || member.Name != Metadata))
        {
            string place = SourcePath.Field(path, member.Name);
            if ((schema.Property(member.Name) ?? schema.AdditionalProperties) is { } known)
            {
                Check(member.Value, known, place);
            }
            else if (!schema.PreservesUnknown)
            {
                string near = Nearest.To(member.Name, schema.PropertyNames) is { } meant ? $"; did you mean {meant}?" : $"; there are {string.Join(", ", schema.PropertyNames)}";
                Add(member.At, place, "UnknownField", $"unknown field \"{place}\"{(schema.HasProperties ? near : "")}");
            }
        }

        Between(value, path, value.Members.Count, schema.Bound("minProperties"), schema.Bound("maxProperties"), "entries");
    }

    private void CheckArray(SourceNode value, StructuralSchema schema, string path)
    {
        Between(value, path, value.Items.Count, schema.Bound("minItems"), schema.Bound("maxItems"), "items");
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < value.Items.Count; i++)
        {
            SourceNode item = value.Items[i];
            string place = SourcePath.Item(path, i);
            if (schema.Items is { } items)
            {
                Check(item, items, place);
            }

            string? key = schema.ListType switch
            {
                "map" => string.Join(", ", schema.ListKeys.Select(name => $"{name} {item[name]?.Text}")),
                "set" => item.ToJson(),
                _ => null,
            };
            if (key is not null && !seen.Add(key))
            {
                Add(item.At, place, "Duplicate", $"{place} has the same {key} as an earlier item: rename or remove one");
            }
        }
    }

    private void CheckText(SourceNode value, StructuralSchema schema, string path)
    {
        int length = value.Text.EnumerateRunes().Count();
        Between(value, path, length, schema.Bound("minLength"), schema.Bound("maxLength"), "characters");
        if (schema.Pattern is { } pattern && !Matches(pattern, value.Text))
        {
            Add(value.At, path, "Pattern", $"{path} is {Quote(value.Text)}, which does not match {pattern}");
        }

        if (schema.Format == "date-time" && !DateTimeOffset.TryParse(value.Text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            Add(value.At, path, "Format", $"{path} is {Quote(value.Text)}, which is no time: write it as 2026-01-31T18:00:00Z");
        }
    }

    private void CheckNumber(SourceNode value, StructuralSchema schema, string path)
    {
        decimal number = decimal.Parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
        decimal? least = schema.Bound("minimum") ?? (schema.Format == "int32" ? int.MinValue : null);
        decimal? most = schema.Bound("maximum") ?? (schema.Format == "int32" ? int.MaxValue : null);
        if (number < least)
        {
            Add(value.At, path, "TooSmall", $"{path} is {value.Text}: it must be at least {least}");
        }
        else if (number > most)
        {
            Add(value.At, path, "TooLarge", $"{path} is {value.Text}: it must be at most {most}");
        }
    }

    private void Between(SourceNode value, string path, int count, decimal? least, decimal? most, string what)
    {
        if (count < least)
        {
            Add(value.At, path, "TooFew", $"{path} has {count} {what}: it must have at least {least}");
        }
        else if (count > most)
        {
            Add(value.At, path, "TooMany", $"{path} has {count} {what}: it may have at most {most}");
        }
    }

    private bool Matches(string pattern, string text)
    {
        if (!_patterns.TryGetValue(pattern, out Regex? regex))
        {
            // As RE2, which the server uses: in linear time.
            _patterns[pattern] = regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }

        return regex.IsMatch(text);
    }

    private void Add(Position at, string path, string reason, string message) => _problems.Add(new SchemaProblem(at, path, reason, message));

    private static bool IsOfType(SourceNode value, StructuralSchema schema) => (schema.Type, value.Kind) switch
    {
        _ when schema.IsIntOrString => value.Kind is SourceKind.Integer or SourceKind.String,
        (_, SourceKind.Null) => schema.IsNullable || schema.Type is null,
        (null, _) => true,
        ("object", SourceKind.Object) or ("array", SourceKind.Array) or ("string", SourceKind.String) or ("boolean", SourceKind.Boolean) or ("integer", SourceKind.Integer) => true,
        ("number", SourceKind.Integer or SourceKind.Number) => true,
        _ => false,
    };

    private static string TypeText(StructuralSchema schema) => schema switch
    {
        { IsIntOrString: true } => "a whole number or a text",
        { Type: "object" } => "an object",
        { Type: "array" } => "a list",
        { Type: "string" } => "a text",
        { Type: "boolean" } => "true or false",
        { Type: "integer" } => "a whole number",
        _ => "a number",
    };

    private static string Name(SourceNode value) => value.Kind switch
    {
        SourceKind.Object => "an object",
        SourceKind.Array => "a list",
        SourceKind.String => $"the text {Quote(value.Text)}",
        SourceKind.Null => "null",
        SourceKind.Boolean => $"{value.Text} (in quotes it is a text)",
        _ => $"the number {value.Text} (in quotes it is a text)",
    };

    private static string Quote(string text) => $"\"{Output.PlainText.Shorten(new StringBuilder(text).Replace("\n", "\\n").ToString(), 80)}\"";
}
