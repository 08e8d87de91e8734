namespace AgentOperator.Manifests.Files;

/// <summary>Generated files of one folder.</summary>
/// <param name="Folder">The folder in the repository.</param>
/// <param name="Pattern">Names that belong to the generator there: such a file that nothing generates is deleted.</param>
/// <param name="Files">What the folder must hold.</param>
internal sealed record GeneratedSet(string Folder, string Pattern, IReadOnlyList<GeneratedFile> Files);
