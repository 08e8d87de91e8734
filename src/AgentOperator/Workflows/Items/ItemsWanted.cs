using AgentOperator.Workflows.Observing;

namespace AgentOperator.Workflows.Items;

/// <summary>A step whose items' results a decision needs.</summary>
/// <param name="Names">Of the step and what belongs to it.</param>
/// <param name="Places">Items that its Indexed Job is about; empty for items with a Job each.</param>
/// <param name="Job">The Indexed Job; null for items with a Job each, and when it is not seen.</param>
internal sealed record ItemsWanted(ItemNames Names, IndexRanges Places, AttemptObservation? Job);
