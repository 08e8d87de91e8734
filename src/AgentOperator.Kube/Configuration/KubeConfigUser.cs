using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AgentOperator.Kube.Configuration;

/// <summary>The parts of a kubeconfig's user that are more than a text.</summary>
internal static class KubeConfigUser
{
    private const string ClusterExtension = "client.authentication.k8s.io/exec";

    private static readonly string[] Versions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];

    public static Impersonation? Impersonation(YamlMappingNode user, string name)
    {
        if (KubeConfigFile.Text(user, "as") is not { } other)
        {
            return KubeConfigFile.IsSet(user, "as-groups") || KubeConfigFile.IsSet(user, "as-uid") || KubeConfigFile.IsSet(user, "as-user-extra")
                ? throw new KubeConfigException($"User \"{name}\" impersonates groups without a user: set \"as\".")
                : null;
        }

        return new Impersonation(other)
        {
            Uid = KubeConfigFile.Text(user, "as-uid"),
            Groups = Texts(user, "as-groups"),
            Extra = user.Children.TryGetValue("as-user-extra", out YamlNode? extra) && extra is YamlMappingNode entries
                ? entries.Children.Keys.OfType<YamlScalarNode>().ToDictionary(static key => key.Value!, key => Texts(entries, key.Value!))
                : new Dictionary<string, IReadOnlyList<string>>(),
        };
    }

    public static ExecPlugin? Exec(YamlMappingNode user, string name, string folder, YamlMappingNode cluster)
    {
        if (!user.Children.TryGetValue("exec", out YamlNode? node) || node is not YamlMappingNode exec)
        {
            return null;
        }

        string version = KubeConfigFile.Text(exec, "apiVersion") ?? "";
        string command = KubeConfigFile.Text(exec, "command") ?? throw new KubeConfigException($"The exec of user \"{name}\" names no command.");
        return !Versions.Contains(version) ? throw new KubeConfigException($"The exec of user \"{name}\" has apiVersion \"{version}\": {string.Join(" or ", Versions)} is needed.")
            : KubeConfigFile.Text(exec, "interactiveMode") == "Always" ? throw new KubeConfigException($"The exec of user \"{name}\" wants a terminal (interactiveMode: Always), and there is none.")
            : new ExecPlugin(version, IsRelative(command) ? Path.GetFullPath(Path.Combine(folder, command)) : command)
            {
                Arguments = Texts(exec, "args"),
                Environment = Variables(exec),
                InstallHint = KubeConfigFile.Text(exec, "installHint"),
                ProvideClusterInfo = KubeConfigFile.Text(exec, "provideClusterInfo") == "true",
                ClusterConfig = ExtensionOf(cluster)?.ToJsonString(),
            };
    }

    /// <summary>A path counts from the kubeconfig; a bare name is looked for in PATH.</summary>
    private static bool IsRelative(string command) => command.Contains('/', StringComparison.Ordinal) && !Path.IsPathRooted(command);

    private static IReadOnlyList<string> Texts(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out YamlNode? value) && value is YamlSequenceNode items ? [.. items.OfType<YamlScalarNode>().Select(static item => item.Value ?? "")] : [];

    private static Dictionary<string, string> Variables(YamlMappingNode exec)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        if (exec.Children.TryGetValue("env", out YamlNode? value) && value is YamlSequenceNode items)
        {
            foreach (YamlMappingNode item in items.OfType<YamlMappingNode>())
            {
                if (KubeConfigFile.Text(item, "name") is { } name)
                {
                    variables[name] = KubeConfigFile.Text(item, "value") ?? "";
                }
            }
        }

        return variables;
    }

    private static JsonNode? ExtensionOf(YamlMappingNode cluster)
    {
        YamlMappingNode? found = cluster.Children.TryGetValue("extensions", out YamlNode? value) && value is YamlSequenceNode items
            ? items.OfType<YamlMappingNode>().FirstOrDefault(static item => KubeConfigFile.Text(item, "name") == ClusterExtension)
            : null;
        return found is not null && found.Children.TryGetValue("extension", out YamlNode? extension) ? Json(extension) : null;
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(static entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, Json(entry.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => plain.Value switch
        {
            null or "" or "~" or "null" => null,
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => JsonValue.Create(number),
            var text => JsonValue.Create(text),
        },
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };
}
