using AgentOperator.Cli.Runs;

namespace AgentOperator.Cli.Tree;

/// <summary>One step in the tree.</summary>
/// <param name="Step">The step.</param>
/// <param name="Levels">The branches that it is in, from the outside in: true for the last one of its fork.</param>
/// <param name="IsBranch">True for the first step of a branch; the others of it stand below it.</param>
internal sealed record StepTreeRow(StepView Step, IReadOnlyList<bool> Levels, bool IsBranch);
