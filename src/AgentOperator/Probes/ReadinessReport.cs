using System.Globalization;
using System.Text;

namespace AgentOperator.Probes;

/// <summary>What each part says of itself, in the form of the API server's own <c>/readyz?verbose</c>.</summary>
internal sealed record ReadinessReport(IReadOnlyList<(string Part, string? Problem)> Parts)
{
    public bool IsReady => Parts.All(static part => part.Problem is null);

    public override string ToString()
    {
        StringBuilder text = new();
        foreach ((string part, string? problem) in Parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(problem is null ? $"[+]{part} ok" : $"[-]{part} {problem}")}\n");
        }

        return text.Append(IsReady ? "readyz check passed\n" : "readyz check failed\n").ToString();
    }
}
