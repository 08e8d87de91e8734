using AgentOperator.Workflows.Permits;

namespace AgentOperator.Tests.Workflows.Simulation;

/// <summary>Room that is there or not as chance will have it; within one decision the answer for an attempt stays.</summary>
internal sealed class SimulatedPermits(Random random) : IPermits
{
    private readonly Dictionary<string, string?> _answers = new(StringComparer.Ordinal);

    public string? Take(PermitRequest request)
    {
        if (!_answers.TryGetValue(request.Attempt, out string? answer))
        {
            _answers[request.Attempt] = answer = random.Next(8) == 0 ? "others have the room" : null;
        }

        return answer;
    }
}
