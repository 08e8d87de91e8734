using System.Globalization;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;

namespace AgentOperator.Local.Deployments;

/// <summary>How many pods a rollout may have too many or too few.</summary>
internal sealed record RolloutLimits(int Desired, int Surge, int Unavailable)
{
    private const string Default = "25%";

    public int MostTotal => Desired + Surge;

    public int LeastAvailable => Desired - Unavailable;

    public static RolloutLimits Of(DeploymentSpec spec)
    {
        int desired = spec.Replicas ?? 1;
        int surge = Resolve(spec.Strategy?.RollingUpdate?.MaxSurge ?? Default, desired, up: true);
        int unavailable = Math.Min(desired, Resolve(spec.Strategy?.RollingUpdate?.MaxUnavailable ?? Default, desired, up: false));

        // Shares of few pods may both come to nothing, and nothing could then be replaced.
        return new RolloutLimits(desired, surge, surge == 0 && unavailable == 0 ? Math.Min(1, desired) : unavailable);
    }

    private static int Resolve(IntOrString value, int desired, bool up)
    {
        if (value.Number is { } number)
        {
            return number;
        }

        double share = double.Parse(value.Text!.TrimEnd('%'), CultureInfo.InvariantCulture) * desired / 100;
        return (int)(up ? Math.Ceiling(share) : Math.Floor(share));
    }
}
