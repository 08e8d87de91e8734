using System.Security.Cryptography;
using System.Text;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Locking;

/// <summary>One lock of a namespace.</summary>
/// <param name="Namespace">Where its Lease is.</param>
/// <param name="Kind">One of the constants.</param>
/// <param name="Name">Of a mutex its name, of a semaphore <c>CONFIGMAP/KEY</c>.</param>
internal readonly record struct LockId(string Namespace, string Kind, string Name)
{
    public const string Mutex = "mutex";
    public const string Semaphore = "semaphore";

    /// <summary>Room for steps under way at once, where several replicas share it.</summary>
    public const string Room = "room";

    private const string Prefix = "agentoperator-lock-";
    private const int HashLength = 10;
    private const int LongestReadable = 40;

    /// <summary>Name of the Lease: readable, then ten hex digits of what it stands for.</summary>
    public string LeaseName
    {
        get
        {
            string readable = new([.. Name.Take(LongestReadable).Select(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-')]);
            return $"{Prefix}{readable.Trim('-')}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Kind}/{Name}")))[..HashLength]}";
        }
    }

    public ObjectKey LeaseKey => new(Namespace, LeaseName);

    public override string ToString() => $"{Kind} {Name}";
}
