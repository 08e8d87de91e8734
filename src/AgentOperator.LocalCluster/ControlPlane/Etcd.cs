using AgentOperator.Local.Processes;
using AgentOperator.Local.State;

namespace AgentOperator.Local.ControlPlane;

/// <summary>The store, empty at each start.</summary>
internal static class Etcd
{
    public static Task<Daemon> StartAsync(ProcessLauncher launcher, string assets, ClusterFolder folder, int port)
    {
        string address = $"http://127.0.0.1:{port}";
        return Daemon.StartAsync(launcher, "etcd", folder.LogOf("etcd"), Path.Combine(assets, "etcd"),
        [
            "--name=local",
            $"--data-dir={folder.EtcdData}",
            $"--listen-client-urls={address}",
            $"--advertise-client-urls={address}",
            "--listen-peer-urls=http://127.0.0.1:0",
            "--unsafe-no-fsync",
            "--auto-compaction-mode=periodic",
            "--auto-compaction-retention=5m",
            $"--quota-backend-bytes={8L * 1024 * 1024 * 1024}",
            "--log-level=warn",
        ]);
    }
}
