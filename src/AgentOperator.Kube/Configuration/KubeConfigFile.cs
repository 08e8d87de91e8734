using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AgentOperator.Kube.Configuration;

/// <summary>One or several kubeconfig files, merged as kubectl merges them: the first file that sets a name or the current context wins.</summary>
internal sealed class KubeConfigFile
{
    private readonly Dictionary<string, (YamlMappingNode Body, string Folder)> _clusters = [];
    private readonly Dictionary<string, (YamlMappingNode Body, string Folder)> _users = [];
    private readonly Dictionary<string, (YamlMappingNode Body, string Folder)> _contexts = [];
    private string? _currentContext;

    public static KubeConfigFile Merge(IEnumerable<string> paths)
    {
        KubeConfigFile merged = new();
        foreach (string path in paths)
        {
            merged.Read(path);
        }

        return merged;
    }

    public KubeConnection Resolve(string? contextName)
    {
        contextName ??= _currentContext ?? throw new KubeConfigException("The kubeconfig has no current-context: run kubectl config use-context NAME.");
        YamlMappingNode context = Find(_contexts, "context", contextName).Body;
        string clusterName = Text(context, "cluster") ?? throw new KubeConfigException($"Context \"{contextName}\" names no cluster.");
        (YamlMappingNode cluster, string clusterFolder) = Find(_clusters, "cluster", clusterName);
        KubeConnection connection = new()
        {
            // "localhost:6443" is a valid URI, of the scheme "localhost".
            Server = Uri.TryCreate(Text(cluster, "server"), UriKind.Absolute, out Uri? server) && (server.Scheme == Uri.UriSchemeHttps || server.Scheme == Uri.UriSchemeHttp)
                ? server
                : throw new KubeConfigException($"Cluster \"{clusterName}\" has no valid server address, such as https://10.0.0.1:6443."),
            CertificateAuthorityPem = Pem(cluster, "certificate-authority", clusterFolder),
            CertificateAuthorityFile = PemFile(cluster, "certificate-authority", clusterFolder),
            TlsServerName = Text(cluster, "tls-server-name"),
            InsecureSkipTlsVerify = Text(cluster, "insecure-skip-tls-verify") == "true",
            Namespace = Text(context, "namespace") ?? "default",
            DisableCompression = Text(cluster, "disable-compression") == "true",
            Proxy = Text(cluster, "proxy-url") is not { } proxy ? null
                : ProxyRules.Parse(proxy) ?? throw new KubeConfigException($"Cluster \"{clusterName}\" has a proxy-url that is no http, https or socks5 address."),
        };
        return Text(context, "user") is { } user ? WithUser(connection, user, cluster) : connection;
    }

    private KubeConnection WithUser(KubeConnection connection, string name, YamlMappingNode cluster)
    {
        (YamlMappingNode user, string folder) = Find(_users, "user", name);
        if (IsSet(user, "auth-provider"))
        {
            throw new KubeConfigException($"User \"{name}\" uses \"auth-provider\", which Kubernetes itself has dropped: use exec, a token, a tokenFile or a client certificate.");
        }

        string? tokenFile = Text(user, "tokenFile");
        KubeConnection known = connection with
        {
            ClientCertificatePem = Pem(user, "client-certificate", folder),
            ClientCertificateFile = PemFile(user, "client-certificate", folder),
            ClientKeyPem = Pem(user, "client-key", folder),
            ClientKeyFile = PemFile(user, "client-key", folder),
            Token = Text(user, "token"),
            TokenFile = tokenFile is null ? null : Path.Combine(folder, tokenFile),
            Login = Text(user, "username") is { } login ? new BasicLogin(login, Text(user, "password") ?? "") : null,
            Impersonate = KubeConfigUser.Impersonation(user, name),
            Exec = KubeConfigUser.Exec(user, name, folder, cluster),
        };
        return (known.ClientCertificatePem is null) == (known.ClientKeyPem is null)
            ? known
            : throw new KubeConfigException($"User \"{name}\" has only one of client-certificate and client-key: both are needed.");
    }

    private void Read(string path)
    {
        YamlStream yaml = [];
        try
        {
            using StreamReader reader = File.OpenText(path);
            yaml.Load(reader);
        }
        catch (YamlException error)
        {
            throw new KubeConfigException($"{path} is not valid YAML (line {error.Start.Line}): {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"{path} cannot be read: {error.Message}", error);
        }

        if (yaml.Documents.Count == 0 || yaml.Documents[0].RootNode is not YamlMappingNode root)
        {
            return;
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        _currentContext ??= Text(root, "current-context");
        Collect(root, "clusters", "cluster", folder, _clusters);
        Collect(root, "users", "user", folder, _users);
        Collect(root, "contexts", "context", folder, _contexts);
    }

    private static void Collect(YamlMappingNode root, string list, string item, string folder, Dictionary<string, (YamlMappingNode, string)> into)
    {
        if (!root.Children.TryGetValue(list, out YamlNode? node) || node is not YamlSequenceNode entries)
        {
            return;
        }

        foreach (YamlMappingNode entry in entries.OfType<YamlMappingNode>())
        {
            if (Text(entry, "name") is { } name && entry.Children.TryGetValue(item, out YamlNode? body) && body is YamlMappingNode mapping)
            {
                into.TryAdd(name, (mapping, folder));
            }
        }
    }

    private static (YamlMappingNode Body, string Folder) Find(Dictionary<string, (YamlMappingNode, string)> entries, string what, string name) =>
        entries.TryGetValue(name, out (YamlMappingNode, string) entry)
            ? entry
            : throw new KubeConfigException($"The kubeconfig has no {what} \"{name}\". It has: {(entries.Count == 0 ? "none" : string.Join(", ", entries.Keys))}.");

    internal static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out YamlNode? value) && value is YamlScalarNode { Value.Length: > 0 } scalar && !IsNull(scalar) ? scalar.Value : null;

    internal static bool IsSet(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out YamlNode? value) && (value is not YamlScalarNode || Text(node, key) is not null);

    private static bool IsNull(YamlScalarNode scalar) => scalar is { Style: ScalarStyle.Plain, Value: "null" or "Null" or "NULL" or "~" };

    /// <summary>The file, when it is the one that counts.</summary>
    private static string? PemFile(YamlMappingNode node, string key, string folder) =>
        Text(node, key + "-data") is null && Text(node, key) is { } file ? Path.Combine(folder, file) : null;

    /// <summary>Inline data wins over a file, as in kubectl.</summary>
    private static string? Pem(YamlMappingNode node, string key, string folder)
    {
        if (Text(node, key + "-data") is { } data)
        {
            try
            {
                return Encoding.UTF8.GetString(Convert.FromBase64String(data));
            }
            catch (FormatException error)
            {
                throw new KubeConfigException($"{key}-data in the kubeconfig is not base64.", error);
            }
        }

        if (Text(node, key) is not { } file)
        {
            return null;
        }

        string path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllText(path) : throw new KubeConfigException($"{key} names {path}, which does not exist.");
    }
}
