using System.Text;
using AgentOperator.Api;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Reference;

/// <summary>All kinds on one page of Markdown.</summary>
internal static class ApiReference
{
    private const string Intro =
        """
        <!-- Written by tools/AgentOperator.Manifests from the records of AgentOperator.Api: change those. -->
        # API reference

        Every field of the kinds of `GROUP-VERSION`: what `kubectl explain` says, with bounds and rules. What is not
        required may be absent; the schema sets no default values. `config/schema` has the same for editors: put this line at
        the head of a file that yaml-language-server shall check.

        ```yaml
        # yaml-language-server: $schema=PATH-TO-THIS-REPOSITORY/config/schema/workflow.json
        ```


        """;

    private const string Formats =
        """
        ## Formats

        | Type | How to write it |
        |---|---|
        | Duration | `90s`, `10m`, `1h30m`, `1.5s`: numbers with the units h, m, s and ms |
        | Quantity | `500m`, `2`, `1.5Gi`: a number with an optional unit; whole numbers need no quotes |
        | Time | RFC 3339, `2026-01-02T03:04:05Z` |
        | any JSON | kept as it is; the operator checks it |

        """;

    public static string Write(IReadOnlyList<KindSchema> kinds)
    {
        var text = new StringBuilder();
        text.Append(Intro.Replace("GROUP-VERSION", ApiGroup.ApiVersion, StringComparison.Ordinal));
        HashSet<string> written = new(StringComparer.Ordinal);
        foreach (KindSchema kind in kinds)
        {
            KindSection.Append(text, kind);
            foreach (SchemaNode type in ReferencedTypes.Of(kind.Root).Where(type => written.Add(type.Name!)))
            {
                TypeSection.Append(text, $"### {type.Name}", type);
            }
        }

        return text.Append(Formats).Replace("\r\n", "\n").ToString();
    }
}
