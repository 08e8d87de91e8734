using System.Text.Json;
using AgentOperator.Kube.Models;

namespace AgentOperator.Approvals.Floors;

/// <summary>All floors of a cluster: a JSON document of the form
/// <c>{ "floors": [{ "name": "production", "namespaceSelector": { "matchLabels": { "environment": "production" } }, "quorum": 2, "groups": ["sre"], "allowSelf": false, "gateBefore": { "serviceAccounts": ["deployer"] } }] }</c>.</summary>
internal sealed class ApprovalFloors(IReadOnlyList<ApprovalFloor> floors)
{
    private const int MaxQuorum = 20;

    // What a gate's status can show.
    private const int MaxFloors = 20;
    private const int MaxGroups = 10;
    private const int MaxGroup = 253;

    private static readonly string[] Operators = ["In", "NotIn", "Exists", "DoesNotExist"];

    public static ApprovalFloors None { get; } = new([]);

    /// <exception cref="FormatException">With all that is wrong with the text.</exception>
    public static ApprovalFloors Parse(string json)
    {
        FloorDocument document;
        try
        {
            document = JsonSerializer.Deserialize(json, FloorJsonContext.Default.FloorDocument) ?? throw new FormatException("it must be an object with floors");
        }
        catch (JsonException error)
        {
            throw new FormatException(error.Message, error);
        }

        if (document.Floors is not { Count: <= MaxFloors } || document.Floors.Any(static floor => floor is null))
        {
            throw new FormatException($"floors must be a list of at most {MaxFloors} objects: one of them may hold for several namespaces, by label");
        }

        string[] problems = [.. document.Floors.SelectMany(Problems).Concat(document.Floors.GroupBy(static floor => floor.Name, StringComparer.Ordinal).Where(static group => group.Count() > 1).Select(static group => $"two floors are named {group.Key}"))];
        return problems is [] ? new ApprovalFloors(document.Floors) : throw new FormatException(string.Join("; ", problems));
    }

    /// <summary>Those that hold for objects of a kind in a namespace with these labels.</summary>
    public IReadOnlyList<ApprovalFloor> For(string kind, IReadOnlyDictionary<string, string>? labels) =>
        [.. floors.Where(floor => floor.Kinds is null or [] || floor.Kinds.Contains(kind)).Where(floor => Matches(floor.NamespaceSelector, labels))];

    private static IEnumerable<string> Problems(ApprovalFloor floor)
    {
        if (floor.Name is not { Length: > 0 and <= 63 })
        {
            yield return "a floor needs a name of at most 63 characters";
        }

        if (floor.Quorum is < 1 or > MaxQuorum)
        {
            yield return $"floor {floor.Name}: quorum must be from 1 to {MaxQuorum}";
        }

        if (floor.Groups is { } groups && (groups.Count > MaxGroups || groups.Any(static group => group is not { Length: > 0 and <= MaxGroup })))
        {
            yield return $"floor {floor.Name}: groups are at most {MaxGroups} names, of at most {MaxGroup} characters each";
        }

        if (((IReadOnlyList<string>?[])[floor.GateBefore?.Steps, floor.GateBefore?.ServiceAccounts, floor.GateBefore?.Images, floor.GateBefore?.Agents]).Any(static patterns => patterns?.Any(static pattern => string.IsNullOrEmpty(pattern)) == true))
        {
            yield return $"floor {floor.Name}: a pattern of gateBefore is empty";
        }

        if (floor.GateBefore is { IsEmpty: true })
        {
            yield return $"floor {floor.Name}: gateBefore must name steps, serviceAccounts, images or agents; {{ \"steps\": [\"*\"] }} means every step";
        }

        foreach (string kind in (floor.Kinds ?? []).Except(["Workflow"], StringComparer.Ordinal))
        {
            yield return $"floor {floor.Name}: {kind} has no gates: kinds are Workflow";
        }

        foreach (LabelSelectorRequirement? requirement in floor.NamespaceSelector?.MatchExpressions ?? [])
        {
            if (requirement is null || !Operators.Contains(requirement.Operator) || requirement.Operator.EndsWith("In", StringComparison.Ordinal) != requirement.Values is { Count: > 0 })
            {
                yield return $"floor {floor.Name}: {requirement?.Key} {requirement?.Operator} with {requirement?.Values?.Count ?? 0} values is no label requirement: In and NotIn take values, Exists and DoesNotExist none";
            }
        }
    }

    private static bool Matches(LabelSelector? selector, IReadOnlyDictionary<string, string>? labels) =>
        (selector?.MatchLabels ?? new Dictionary<string, string>()).All(wanted => labels?.GetValueOrDefault(wanted.Key) == wanted.Value)
        && (selector?.MatchExpressions ?? []).All(requirement => Matches(requirement, labels?.GetValueOrDefault(requirement.Key)));

    private static bool Matches(LabelSelectorRequirement requirement, string? value) => requirement.Operator switch
    {
        "In" => value is not null && requirement.Values!.Contains(value),
        "NotIn" => value is null || !requirement.Values!.Contains(value),
        "Exists" => value is not null,
        _ => value is null,
    };
}
