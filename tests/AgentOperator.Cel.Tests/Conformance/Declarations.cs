using System.Text.Json;
using AgentOperator.Cel.Syntax;

namespace AgentOperator.Cel.Tests.Conformance;

/// <summary>What a test declares and binds.</summary>
internal static class Declarations
{
    public static CelEnvironment Of(JsonElement test)
    {
        bool macros = !(test.TryGetProperty("disable_macros", out JsonElement disable) && disable.GetBoolean());
        CelEnvironment environment = CelEnvironment.Standard.With(new SyntaxOptions(macros, Blocks: true));
        foreach (JsonElement declaration in test.TryGetProperty("type_env", out JsonElement declared) ? declared.EnumerateArray() : default)
        {
            string name = declaration.GetProperty("name").GetString()!;
            if (declaration.TryGetProperty("ident", out JsonElement ident))
            {
                environment = environment.With(name, Type(ident.GetProperty("type")));
                continue;
            }

            foreach (JsonElement overload in declaration.GetProperty("function").GetProperty("overloads").EnumerateArray())
            {
                CelType[] parameters = [.. overload.TryGetProperty("params", out JsonElement listed) ? listed.EnumerateArray().Select(Type) : []];
                bool isMethod = overload.TryGetProperty("is_instance_function", out JsonElement instance) && instance.GetBoolean();
                environment = environment.With(new CelFunction(name, parameters, Type(overload.GetProperty("result_type")), static (scoped _, ref _) => CelValue.Error("only declared")) { IsMethod = isMethod });
            }
        }

        return test.TryGetProperty("container", out JsonElement container) ? environment.WithContainer(container.GetString()!) : environment;
    }

    public static Dictionary<string, CelValue> Bindings(JsonElement test) => test.TryGetProperty("bindings", out JsonElement bindings)
        ? bindings.EnumerateObject().ToDictionary(static binding => binding.Name, static binding => Values.Read(binding.Value.GetProperty("value")), StringComparer.Ordinal)
        : [];

    public static CelType Type(JsonElement type)
    {
        JsonProperty form = type.EnumerateObject().First();
        return form.Name switch
        {
            "primitive" => Primitive(form.Value.GetString()!),
            "wrapper" => CelType.Nullable(Primitive(form.Value.GetString()!)),
            "well_known" => form.Value.GetString() switch
            {
                "TIMESTAMP" => CelType.Timestamp,
                "DURATION" => CelType.Duration,
                _ => CelType.Dyn,
            },
            "list_type" => CelType.List(Type(form.Value.GetProperty("elem_type"))),
            "map_type" => CelType.Map(Type(form.Value.GetProperty("key_type")), Type(form.Value.GetProperty("value_type"))),
            "abstract_type" => Abstract(form.Value.GetProperty("name").GetString()!, [.. form.Value.TryGetProperty("parameter_types", out JsonElement parameters) ? parameters.EnumerateArray().Select(Type) : []]),
            "type" => CelType.TypeOf(form.Value.ValueKind is JsonValueKind.Object && form.Value.EnumerateObject().Any() ? Type(form.Value) : CelType.Dyn),
            "type_param" => CelType.Parameter(form.Value.GetString()!),
            "null" => CelType.Null,
            "message_type" => form.Value.GetString() switch
            {
                "google.protobuf.Timestamp" => CelType.Timestamp,
                "google.protobuf.Duration" => CelType.Duration,
                string name => CelType.Opaque(name),
                _ => throw new NotSupportedException(type.GetRawText()),
            },
            "dyn" => CelType.Dyn,
            _ => throw new NotSupportedException(type.GetRawText()),
        };
    }

    private static CelType Abstract(string name, IReadOnlyList<CelType> parameters) => name is "optional_type" ? CelType.Optional(parameters[0]) : CelType.Opaque(name, parameters);

    private static CelType Primitive(string name) => name switch
    {
        "BOOL" => CelType.Bool,
        "INT64" => CelType.Int,
        "UINT64" => CelType.Uint,
        "DOUBLE" => CelType.Double,
        "STRING" => CelType.String,
        "BYTES" => CelType.Bytes,
        _ => throw new NotSupportedException(name),
    };
}
