using System.Reflection;
using System.Xml.Linq;

namespace AgentOperator.Manifests.Documentation;

/// <summary>Summaries of types and properties, from the XML files that the compiler writes beside the assemblies.</summary>
internal sealed class DocComments
{
    private readonly Dictionary<Assembly, IReadOnlyDictionary<string, string>> _files = [];

    public string? Of(Type type) => Find(type, $"T:{Id(type)}");

    public string? Of(PropertyInfo property) =>
        property.DeclaringType is { } type ? Find(type, $"P:{Id(type)}.{property.Name}") : null;

    private static string Id(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private string? Find(Type type, string id)
    {
        if (!_files.TryGetValue(type.Assembly, out IReadOnlyDictionary<string, string>? summaries))
        {
            summaries = Load(Path.ChangeExtension(type.Assembly.Location, ".xml"));
            _files.Add(type.Assembly, summaries);
        }

        return summaries.GetValueOrDefault(id);
    }

    private static Dictionary<string, string> Load(string file)
    {
        if (!File.Exists(file))
        {
            throw new RefusedException([$"{file} is missing: descriptions come from it, so build with GenerateDocumentationFile"]);
        }

        return XDocument.Load(file).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(
                member => (string)member.Attribute("name")!,
                member => DocText.Plain(member.Element("summary")!),
                StringComparer.Ordinal);
    }
}
