using System.Globalization;
using System.Text.Json.Nodes;
using AgentOperator.Kube.Models;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AgentOperator.AgentRuntime.Models.Scripted;

/// <summary>A place in a script: reads values and notes what is wrong, with the line.</summary>
internal sealed class ScriptNode(YamlNode node, string path, List<string> problems)
{
    public static readonly TimeSpan MaxDuration = TimeSpan.FromHours(1);

    private readonly HashSet<string> _read = [];

    public bool Has(string name) => Child(name) is not null;

    public ScriptNode? Map(string name)
    {
        if (Child(name) is not { } child)
        {
            return null;
        }

        if (child is YamlMappingNode)
        {
            return new ScriptNode(child, Path(name), problems);
        }

        Problem(name, "must be a mapping");
        return null;
    }

    public IReadOnlyList<ScriptNode> List(string name)
    {
        if (Child(name) is not { } child)
        {
            return [];
        }

        if (child is YamlSequenceNode list && list.Children.All(static item => item is YamlMappingNode))
        {
            return [.. list.Children.Select((item, index) => new ScriptNode(item, $"{Path(name)}[{index}]", problems))];
        }

        Problem(name, "must be a list of mappings");
        return [];
    }

    public string? Text(string name)
    {
        if (Child(name) is not { } child)
        {
            return null;
        }

        if (child is YamlScalarNode { Value: { } text })
        {
            return text;
        }

        Problem(name, "must be text");
        return null;
    }

    public int? Number(string name, int min, int max)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max)
        {
            return number;
        }

        Problem(name, $"must be a whole number from {min} to {max}");
        return null;
    }

    public bool Flag(string name)
    {
        if (Text(name) is not { } text)
        {
            return false;
        }

        if (text is not ("true" or "false"))
        {
            Problem(name, "must be true or false");
        }

        return text == "true";
    }

    /// <summary>250ms, 2s, 1m.</summary>
    public TimeSpan? Duration(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        try
        {
            if (new Duration(text).ToTimeSpan() is { } duration && duration <= MaxDuration)
            {
                return duration;
            }
        }
        catch (FormatException)
        {
            // Told below.
        }

        Problem(name, "must be a duration such as 250ms, 2s or 1m, of an hour at most");
        return null;
    }

    public JsonNode? Json(string name) => Child(name) is { } child ? ToJson(child) : null;

    public void Problem(string name, string message) => problems.Add($"line {(Child(name) ?? node).Start.Line}: {Path(name)} {message}");

    /// <summary>To be called when everything known has been read.</summary>
    public void RefuseTheRest()
    {
        foreach (YamlNode key in ((YamlMappingNode)node).Children.Keys)
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            if (!_read.Contains(name))
            {
                problems.Add($"line {key.Start.Line}: {Path(name)} is not known here: there are {string.Join(", ", _read.Order(StringComparer.Ordinal))}");
            }
        }
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(static entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value ?? "", ToJson(entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "null" or "~" or "" or null } => null,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag => JsonValue.Create(flag.Value == "true"),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => JsonValue.Create(whole),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when decimal.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) => JsonValue.Create(number),
        YamlScalarNode text => JsonValue.Create(text.Value),
        _ => null,
    };

    private YamlNode? Child(string name)
    {
        _read.Add(name);
        return ((YamlMappingNode)node).Children.TryGetValue(name, out YamlNode? child) ? child : null;
    }

    private string Path(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
