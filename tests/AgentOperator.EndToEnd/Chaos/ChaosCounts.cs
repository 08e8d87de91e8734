namespace AgentOperator.EndToEnd.Chaos;

/// <summary>How much a chaos run was.</summary>
/// <param name="Attempts">Attempts that counted themselves.</param>
/// <param name="Time">From the first workflow to the end of the last.</param>
/// <param name="Lives">Processes of the operator.</param>
/// <param name="Harm">What was done, how often.</param>
/// <param name="Faults">Writes that were answered with an error, by code.</param>
internal sealed record ChaosCounts(int Attempts, TimeSpan Time, int Lives, IReadOnlyDictionary<string, int> Harm, IReadOnlyDictionary<string, int> Faults);
