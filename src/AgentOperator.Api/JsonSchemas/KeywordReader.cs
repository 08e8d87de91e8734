using System.Text.Json;
using System.Text.RegularExpressions;
using AgentOperator.Api.JsonSchemas.Keywords;

namespace AgentOperator.Api.JsonSchemas;

/// <summary>Reads the keywords of one schema object. Unknown ones are annotations, as the specification has it; those that another draft or OpenAPI gives a meaning are refused.</summary>
internal sealed class KeywordReader(SchemaCompiler compiler, JsonElement schema, string location, int depth)
{
    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["$dynamicRef"] = "is not supported: use $ref",
        ["$recursiveRef"] = "is not supported: use $ref",
        ["$vocabulary"] = "is not supported",
        ["additionalItems"] = "is of an older draft: use prefixItems and items",
        ["dependencies"] = "is of an older draft: use dependentRequired or dependentSchemas",
        ["nullable"] = "is OpenAPI's: add \"null\" to type",
    };

    private static readonly HashSet<string> Dialects = new(StringComparer.Ordinal)
    {
        "https://json-schema.org/draft/2020-12/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "http://json-schema.org/draft-07/schema",
        "http://json-schema.org/draft-06/schema",
    };

    private readonly List<Keyword> _keywords = [];

    public IReadOnlyList<Keyword> Read()
    {
        Identity();
        if (Text("$ref") is { } reference && compiler.Target(reference, At("$ref")) is { } target)
        {
            _keywords.Add(new AllOfKeyword([target]));
        }

        Map("$defs");
        Map("definitions");
        Values();
        Numbers();
        Strings();
        Arrays();
        Objects();
        Combined();

        // Last, because they look at what the others have seen.
        if (Sub("unevaluatedItems") is { } items)
        {
            compiler.TrackEvaluated();
            _keywords.Add(new UnevaluatedItemsKeyword(items));
        }

        if (Sub("unevaluatedProperties") is { } properties)
        {
            compiler.TrackEvaluated();
            _keywords.Add(new UnevaluatedPropertiesKeyword(properties));
        }

        return _keywords;
    }

    private void Identity()
    {
        foreach ((string name, string reason) in Refused)
        {
            if (schema.TryGetProperty(name, out _))
            {
                compiler.Refuse(At(name), reason);
            }
        }

        if (Text("$schema") is { } dialect && !Dialects.Contains(dialect.TrimEnd('#')))
        {
            compiler.Refuse(At("$schema"), $"{Quote.Of(dialect)} is not supported: use https://json-schema.org/draft/2020-12/schema");
        }

        if (Text("$id") is not null && location.Length > 0)
        {
            compiler.Refuse(At("$id"), "is supported at the root only: it would change what the references below it mean");
        }
    }

    private void Values()
    {
        if (schema.TryGetProperty("type", out JsonElement type))
        {
            IReadOnlyList<string>? types = type.ValueKind == JsonValueKind.String ? [type.GetString()!] : Names(type, "type");
            foreach (string unknown in types?.Where(static name => !TypeKeyword.Names.Contains(name)) ?? [])
            {
                compiler.Refuse(At("type"), $"{Quote.Of(unknown)} is no type; types are {string.Join(", ", TypeKeyword.Names)}");
            }

            if (types is { Count: 0 })
            {
                compiler.Refuse(At("type"), "must name at least one type");
            }

            _keywords.Add(new TypeKeyword(types ?? []));
        }

        if (schema.TryGetProperty("enum", out JsonElement values))
        {
            if (Expect(values, JsonValueKind.Array, "enum", "a list of values"))
            {
                _keywords.Add(new EnumKeyword([.. values.EnumerateArray()]));
            }
        }

        if (schema.TryGetProperty("const", out JsonElement value))
        {
            _keywords.Add(new EnumKeyword([value]));
        }
    }

    private void Numbers()
    {
        Number("minimum", "at least", static (value, limit) => value.Against(limit) >= 0);
        Number("maximum", "at most", static (value, limit) => value.Against(limit) <= 0);
        Number("exclusiveMinimum", "more than", static (value, limit) => value.Against(limit) > 0);
        Number("exclusiveMaximum", "less than", static (value, limit) => value.Against(limit) < 0);
        Number("multipleOf", "a multiple of", static (value, limit) => value.IsMultipleOf(limit));
    }

    private void Number(string name, string rule, Func<ExactNumber, ExactNumber, bool?> holds)
    {
        if (!schema.TryGetProperty(name, out JsonElement limit) || !Expect(limit, JsonValueKind.Number, name, "a number"))
        {
            return;
        }

        ExactNumber number = ExactNumber.Of(limit);
        if (name == "multipleOf" && number.Sign <= 0)
        {
            compiler.Refuse(At(name), "must be more than 0");
            return;
        }

        _keywords.Add(new NumberKeyword(number, Quote.Of(limit), rule, holds));
    }

    private void Strings()
    {
        if (Range("minLength", "maxLength") is var (min, max))
        {
            _keywords.Add(new LengthKeyword(min, max));
        }

        if (Text("pattern") is { } pattern && Pattern(pattern, At("pattern")) is { } regex)
        {
            _keywords.Add(new PatternKeyword(regex, pattern));
        }
    }

    private void Arrays()
    {
        IReadOnlyList<SchemaNode> prefix = List("prefixItems");
        SchemaNode? rest = null;
        if (schema.TryGetProperty("items", out JsonElement items) && items.ValueKind == JsonValueKind.Array)
        {
            compiler.Refuse(At("items"), "a list of schemas is of an older draft: use prefixItems");
        }
        else
        {
            rest = Sub("items");
        }

        if (prefix.Count > 0 || rest is not null)
        {
            _keywords.Add(new ItemsKeyword(prefix, rest));
        }

        (long fewest, long most) = Range("minContains", "maxContains") ?? (1, long.MaxValue);
        if (Sub("contains") is { } contains)
        {
            _keywords.Add(new ContainsKeyword(contains, schema.TryGetProperty("minContains", out _) ? fewest : 1, most));
        }

        if (Range("minItems", "maxItems") is var (min, max))
        {
            _keywords.Add(new ItemCountKeyword(min, max));
        }

        if (schema.TryGetProperty("uniqueItems", out JsonElement unique))
        {
            if (unique.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                compiler.Refuse(At("uniqueItems"), $"must be a boolean; was {Quote.Of(unique)}");
            }
            else if (unique.ValueKind == JsonValueKind.True)
            {
                _keywords.Add(new UniqueItemsKeyword());
            }
        }
    }

    private void Objects()
    {
        IReadOnlyDictionary<string, SchemaNode>? properties = Map("properties");
        IReadOnlyDictionary<string, SchemaNode>? patterns = Map("patternProperties");
        SchemaNode? additional = Sub("additionalProperties");
        if (properties is not null || patterns is not null || additional is not null)
        {
            List<(Regex, SchemaNode)> compiled = [];
            foreach ((string pattern, SchemaNode node) in patterns ?? new Dictionary<string, SchemaNode>())
            {
                if (Pattern(pattern, node.Location) is { } regex)
                {
                    compiled.Add((regex, node));
                }
            }

            bool refuses = additional is not null && schema.GetProperty("additionalProperties").ValueKind == JsonValueKind.False;
            _keywords.Add(new PropertiesKeyword(properties ?? new Dictionary<string, SchemaNode>(), compiled, additional, refuses));
        }

        if (schema.TryGetProperty("required", out JsonElement required) && Names(required, "required") is { } names)
        {
            _keywords.Add(new RequiredKeyword(names));
        }

        if (schema.TryGetProperty("dependentRequired", out JsonElement dependent) && Expect(dependent, JsonValueKind.Object, "dependentRequired", "an object"))
        {
            _keywords.Add(new DependentRequiredKeyword(dependent.EnumerateObject()
                .GroupBy(static entry => entry.Name)
                .ToDictionary(static entry => entry.Key, entry => (IReadOnlyList<string>)(Names(entry.Last().Value, "dependentRequired") ?? []))));
        }

        if (Map("dependentSchemas") is { } schemas)
        {
            _keywords.Add(new DependentSchemasKeyword(schemas));
        }

        if (Sub("propertyNames") is { } propertyNames)
        {
            _keywords.Add(new PropertyNamesKeyword(propertyNames));
        }

        if (Range("minProperties", "maxProperties") is var (min, max))
        {
            _keywords.Add(new PropertyCountKeyword(min, max));
        }
    }

    private void Combined()
    {
        if (List("allOf") is { Count: > 0 } all)
        {
            _keywords.Add(new AllOfKeyword(all));
        }

        if (List("anyOf") is { Count: > 0 } any)
        {
            _keywords.Add(new AnyOfKeyword(any, exactlyOne: false));
        }

        if (List("oneOf") is { Count: > 0 } one)
        {
            _keywords.Add(new AnyOfKeyword(one, exactlyOne: true));
        }

        if (Sub("not") is { } not)
        {
            _keywords.Add(new NotKeyword(not));
        }

        (SchemaNode? then, SchemaNode? otherwise) = (Sub("then"), Sub("else"));
        if (Sub("if") is { } condition)
        {
            _keywords.Add(new IfKeyword(condition, then, otherwise));
        }
    }

    private string At(string name) => $"{location}/{JsonPointer.Escape(name)}";

    private bool Expect(JsonElement value, JsonValueKind kind, string name, string what)
    {
        if (value.ValueKind == kind)
        {
            return true;
        }

        compiler.Refuse(At(name), $"must be {what}; was {Quote.Of(value)}");
        return false;
    }

    private string? Text(string name) =>
        schema.TryGetProperty(name, out JsonElement value) && Expect(value, JsonValueKind.String, name, "a string") ? value.GetString() : null;

    private SchemaNode? Sub(string name) =>
        schema.TryGetProperty(name, out JsonElement value) ? compiler.Sub(value, At(name), depth + 1) : null;

    private IReadOnlyList<SchemaNode> List(string name)
    {
        if (!schema.TryGetProperty(name, out JsonElement list) || !Expect(list, JsonValueKind.Array, name, "a list of schemas"))
        {
            return [];
        }

        if (list.GetArrayLength() == 0)
        {
            compiler.Refuse(At(name), "must hold at least one schema");
        }

        return [.. list.EnumerateArray().Select((item, index) => compiler.Sub(item, $"{At(name)}/{index}", depth + 1))];
    }

    private Dictionary<string, SchemaNode>? Map(string name)
    {
        if (!schema.TryGetProperty(name, out JsonElement map) || !Expect(map, JsonValueKind.Object, name, "an object of schemas"))
        {
            return null;
        }

        Dictionary<string, SchemaNode> nodes = new(StringComparer.Ordinal);
        foreach (JsonProperty entry in map.EnumerateObject())
        {
            nodes[entry.Name] = compiler.Sub(entry.Value, $"{At(name)}/{JsonPointer.Escape(entry.Name)}", depth + 1);
        }

        return nodes;
    }

    private List<string>? Names(JsonElement list, string name)
    {
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(static item => item.ValueKind != JsonValueKind.String))
        {
            compiler.Refuse(At(name), $"must be a list of strings; was {Quote.Of(list)}");
            return null;
        }

        return [.. list.EnumerateArray().Select(static item => item.GetString()!)];
    }

    private (long Min, long Max)? Range(string min, string max)
    {
        (long? low, long? high) = (Count(min), Count(max));
        return low is null && high is null ? null : (low ?? 0, high ?? long.MaxValue);
    }

    private long? Count(string name)
    {
        if (!schema.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && ExactNumber.Of(value) is { IsInteger: true, Sign: >= 0 } && value.TryGetDouble(out double count))
        {
            return count >= long.MaxValue ? long.MaxValue : (long)count;
        }

        compiler.Refuse(At(name), $"must be an integer of at least 0; was {Quote.Of(value)}");
        return null;
    }

    private Regex? Pattern(string pattern, string path)
    {
        (Regex? regex, string? problem) = EcmaPattern.Parse(pattern);
        if (problem is not null)
        {
            compiler.Refuse(path, $"{Quote.Of(pattern)} {problem}");
        }

        return regex;
    }
}
