using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Digests;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Linting.Schemas;
using AgentOperator.Cli.Linting.Sources;
using AgentOperator.PromptTemplates.Linting;
using AgentOperator.Workflows.Checking;
using AgentOperator.Workflows.Triggers.Schedules;

namespace AgentOperator.Cli.Linting;

/// <summary>What the operator would say to an object that the API server takes: its own checks, on the file.</summary>
internal static class SemanticCheck
{
    private const string Spec = "spec";

    public static IEnumerable<SchemaProblem> Problems(SourceNode root, string kind)
    {
        try
        {
            return kind switch
            {
                "Workflow" => Workflow(root),
                "PromptTemplate" => Prompt(root),
                _ => [],
            };
        }
        catch (JsonException error)
        {
            // The path of the serializer begins with a dollar.
            string path = error.Path?.TrimStart('$').TrimStart('.') ?? "";
            return [new SchemaProblem(SourcePath.Find(root, path), path, "WrongType", $"{path} is not what the field takes: kubectl explain {kind.ToLowerInvariant()}.{path} shows it")];
        }
    }

    private static IEnumerable<SchemaProblem> Workflow(SourceNode root)
    {
        Workflow workflow = JsonSerializer.Deserialize(root.ToUtf8Json(), ApiJsonContext.Default.Workflow)!;
        return [.. SpecCheck.Problems(RunSpec.Of(workflow.Spec)).Concat(ScheduleCheck.Problems(workflow.Spec)).Select(problem => new SchemaProblem(SourcePath.Find(root, problem.Path ?? Spec), problem.Path ?? Spec, problem.Reason, problem.Message))];
    }

    private static IEnumerable<SchemaProblem> Prompt(SourceNode root)
    {
        PromptTemplate prompt = JsonSerializer.Deserialize(root.ToUtf8Json(), ApiJsonContext.Default.PromptTemplate)!;
        return
        [
            .. PromptLint.Of(PromptDigest.ContentOf(prompt.Spec), prompt.Spec.ContextWindow)
                .Select(finding => (Finding: finding, Path: finding.Path is { } path ? $"{Spec}.{path}" : Spec))
                .Select(found => new SchemaProblem(SourcePath.Find(root, found.Path), found.Path, found.Finding.Code, $"{found.Path}: {found.Finding.Message}", found.Finding.Severity == PromptFindingCodes.Warning)),
        ];
    }
}
