using AgentOperator.Local.ControlPlane;
using AgentOperator.Local.Processes;

namespace AgentOperator.Local.Tests.Cluster;

/// <summary>Whether a control plane is there to test with.</summary>
internal static class TestAssets
{
    /// <summary>Why there is none; null when there is one.</summary>
    public static async Task<string?> MissingAsync()
    {
        using ProcessLauncher launcher = new();
        try
        {
            await Assets.FindAsync(launcher, TestContext.Current.CancellationToken);
            return null;
        }
        catch (LocalClusterException error)
        {
            return error.Message;
        }
    }
}
