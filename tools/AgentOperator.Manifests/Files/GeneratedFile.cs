namespace AgentOperator.Manifests.Files;

/// <summary>A file and what it must hold.</summary>
internal sealed record GeneratedFile(string Name, string Text);
