using System.Globalization;
using System.Text.RegularExpressions;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Dapr.Injection;

/// <summary>What a pod asks of its sidecar. What cannot be read counts as not said, as with Dapr.</summary>
internal sealed partial class SidecarAnnotations(Pod pod)
{
    public const string Prefix = "dapr.io/";

    // The Service of an app is called <app-id>-dapr, and a Service's name is a DNS label.
    private const int LongestServiceName = 63;

    public string AppId => Text("app-id") ?? pod.Metadata.Name ?? pod.Metadata.GenerateName?.TrimEnd('-') ?? "";

    /// <summary>Why the pod is denied; null when it is not.</summary>
    public string? Problem
    {
        get
        {
            string service = AppId + "-dapr";
            return AppId.Length > 0 && service.Length <= LongestServiceName && Label().IsMatch(service)
                ? null
                : $"invalid app id(input: '{AppId}', service: '{service}'): a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', start and end with an alphanumeric character, and have at most {LongestServiceName} characters";
        }
    }

    /// <summary>Null for absent and empty.</summary>
    public string? Text(string name) => pod.Annotation(Prefix + name) is { Length: > 0 } value ? value : null;

    /// <summary>Null when it is absent; a text that is there may be empty.</summary>
    public string? Raw(string name) => pod.Annotation(Prefix + name);

    public int? Number(string name) => int.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    public bool IsTrue(string name) => Text(name)?.ToUpperInvariant() is "Y" or "YES" or "TRUE" or "T" or "ON" or "1";

    /// <summary>Entries of a list <c>A=B,C=D</c> with another separator than <c>=</c> if need be.</summary>
    public IEnumerable<(string Name, string Value)> Pairs(string name, char separator) => (Text(name) ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(entry => entry.Split(separator, 2))
        .Where(static parts => parts is [{ Length: > 0 }, _])
        .Select(static parts => (parts[0].Trim(), parts[1].Trim()));

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label();
}
