using System.Text.Json.Nodes;
using NJsonSchema;
using NJsonSchema.Validation;

namespace AgentOperator.Manifests.Tests.Editors;

/// <summary>What an editor marks, by the committed schemas and a validator that is not ours.</summary>
public sealed class CorpusSchemaTests
{
    /// <summary>Refused by CEL or by keys of map lists, which an editor does not know: kubectl tells.</summary>
    private static readonly string[] OnlyTheServerRefuses =
    [
        "agent-approval-of-what-is-not-allowed.yaml",
        "agent-bad-base-url.yaml",
        "agent-duplicate-skill.yaml",
        "agent-header-with-two-values.yaml",
        "agent-long-name.yaml",
        "agent-mcp-url-and-command.yaml",
        "agent-mcp-url-without-scheme.yaml",
        "agent-name-with-dot.yaml",
        "agent-no-base-url.yaml",
        "agent-no-key.yaml",
        "agent-no-prompt.yaml",
        "agent-no-skill.yaml",
        "agent-nothing.yaml",
        "agent-prompt-and-system-prompt.yaml",
        "agent-replicas-and-scaling.yaml",
        "agent-reserved-env.yaml",
        "agent-reserved-label-of-a-part.yaml",
        "agent-reserved-label.yaml",
        "agent-scaling-upside-down.yaml",
        "agent-script-of-another-provider.yaml",
        "agent-scripted-without-script.yaml",
        "agent-tool-of-two-kinds.yaml",
        "agent-two-scaling-targets.yaml",
        "duplicate-env-name.yaml",
        "duplicate-finally-names.yaml",
        "duplicate-step-names.yaml",
        "finally-needs-a-step.yaml",
        "finally-with-the-name-of-a-step.yaml",
        "finally-without-a-kind.yaml",
        "long-name.yaml",
        "memoize-of-a-wait.yaml",
        "memoize-what-is-undone.yaml",
        "memoize-with-foreach.yaml",
        "missing-kind.yaml",
        "own-need.yaml",
        "prompt-two-system-messages.yaml",
        "reserved-env-name.yaml",
        "short-finally-timeout.yaml",
        "short-timeout.yaml",
        "template-in-image.yaml",
        "template-in-node-selector.yaml",
        "template-in-pull-secret.yaml",
        "template-in-service-account.yaml",
        "template-in-working-dir.yaml",
        "trigger-all-missed-under-forbid.yaml",
        "trigger-long-window.yaml",
        "trigger-named-apply.yaml",
        "trigger-two-sources.yaml",
        "trigger-window-of-github.yaml",
        "trigger-zone-without-schedule.yaml",
        "two-kinds.yaml",
        "unknown-need.yaml",
        "value-and-value-from.yaml",
    ];

    public static TheoryData<string> Accepted => [.. Names("tests/AgentOperator.Manifests.Tests/Accepted")];

    public static TheoryData<string> Examples =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "examples"), "workflow.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Refused => [.. Names("tests/AgentOperator.Manifests.Tests/Refused")];

    [Theory]
    [MemberData(nameof(Accepted))]
    [MemberData(nameof(Examples))]
    public async Task WhatTheServerTakesHasNoMarks(string file) => (await ErrorsAsync(file)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task WhatTheServerRefusesIsMarkedWhereASchemaCanTell(string file) =>
        (await ErrorsAsync(file)).Any().ShouldBe(!OnlyTheServerRefuses.Contains(Path.GetFileName(file)), file);

    private static async Task<IEnumerable<string>> ErrorsAsync(string file)
    {
        string yaml = await File.ReadAllTextAsync(Path.Combine(Repository.Root, file), TestContext.Current.CancellationToken);
        JsonNode instance = YamlJson.Parse(yaml)!;
        string kind = instance["kind"]!.GetValue<string>().ToLowerInvariant();
        JsonSchema schema = await JsonSchema.FromFileAsync(Path.Combine(Repository.Root, "config", "schema", $"{kind}.json"), TestContext.Current.CancellationToken);
        ICollection<ValidationError> errors = schema.Validate(instance.ToJsonString());
        return errors.Select(error => error.ToString());
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.yaml").Select(file => $"{folder}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal);
}
