using NJsonSchema;
using NJsonSchema.Validation;

namespace AgentOperator.Manifests.Tests.Editors;

/// <summary>What an editor marks, by the committed schemas and a validator that is not ours.</summary>
public sealed class CorpusSchemaTests
{
    /// <summary>Refused by CEL or by keys of map lists, which an editor does not know: kubectl tells.</summary>
    private static readonly string[] OnlyTheServerRefuses =
    [
        "duplicate-env-name.yaml",
        "duplicate-finally-names.yaml",
        "duplicate-step-names.yaml",
        "finally-needs-a-step.yaml",
        "finally-with-the-name-of-a-step.yaml",
        "finally-without-a-kind.yaml",
        "long-name.yaml",
        "missing-kind.yaml",
        "own-need.yaml",
        "reserved-env-name.yaml",
        "short-finally-timeout.yaml",
        "short-timeout.yaml",
        "template-in-image.yaml",
        "template-in-node-selector.yaml",
        "template-in-pull-secret.yaml",
        "template-in-service-account.yaml",
        "template-in-working-dir.yaml",
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
        (await ErrorsAsync(file)).Any().ShouldBe(!OnlyTheServerRefuses.Contains(Path.GetFileName(file)));

    private static async Task<IEnumerable<string>> ErrorsAsync(string file)
    {
        JsonSchema schema = await JsonSchema.FromFileAsync(Path.Combine(Repository.Root, "config", "schema", "workflow.json"), TestContext.Current.CancellationToken);
        string yaml = await File.ReadAllTextAsync(Path.Combine(Repository.Root, file), TestContext.Current.CancellationToken);
        ICollection<ValidationError> errors = schema.Validate(YamlJson.Parse(yaml)!.ToJsonString());
        return errors.Select(error => error.ToString());
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.yaml").Select(file => $"{folder}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal);
}
