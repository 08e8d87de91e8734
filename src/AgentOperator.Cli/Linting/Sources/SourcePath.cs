using System.Globalization;

namespace AgentOperator.Cli.Linting.Sources;

/// <summary>Places in an object as Kubernetes writes them: <c>spec.steps[0].name</c>; a list item may go by its name too, <c>spec.steps[build]</c>.</summary>
internal static class SourcePath
{
    public static string Field(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    public static string Item(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    /// <summary>Where a path leads; as far as the file goes, when it ends before.</summary>
    public static Position Find(SourceNode root, string path)
    {
        Position at = root.At;
        SourceNode? node = root;
        foreach (string part in Parts(path))
        {
            if (part[0] == '[')
            {
                node = Item(node, part[1..^1]);
                at = node?.At ?? at;
            }
            else if (node.Members.FirstOrDefault(member => member.Name == part) is { } member)
            {
                (node, at) = (member.Value, member.At);
            }
            else
            {
                node = null;
            }

            if (node is null)
            {
                return at;
            }
        }

        return at;
    }

    private static SourceNode? Item(SourceNode list, string key) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < list.Items.Count && list.Items.All(item => item.TextOf("name") != key)
            ? list.Items[index]
            : list.Items.FirstOrDefault(item => item.TextOf("name") == key);

    private static IEnumerable<string> Parts(string path)
    {
        int start = 0;
        for (int i = 0; i <= path.Length; i++)
        {
            if (i == path.Length || path[i] is '.' or '[')
            {
                if (i > start)
                {
                    yield return path[start..i];
                }

                start = i + 1;
            }

            if (i < path.Length && path[i] == '[')
            {
                int end = path.IndexOf(']', i);
                end = end < 0 ? path.Length - 1 : end;
                yield return path[i..(end + 1)];
                i = end;
                start = end + 1;
            }
        }
    }
}
