using AgentOperator.Api.Runtime;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Channels;

/// <summary>What a pod needs to reach the operator: an address, a token for this audience alone, the authority to trust.</summary>
internal static class ChannelPart
{
    private const string Volume = "agentoperator-token";

    // The kubelet renews it at four fifths of this.
    private const long TokenSeconds = 3600;

    public static IReadOnlyList<Volume> Volumes(ChannelAccess? channel) => channel is null
        ? []
        :
        [
            new Volume
            {
                Name = Volume,
                Projected = new ProjectedVolumeSource
                {
                    // Read by whoever the container runs as.
                    DefaultMode = 0b100_100_100,
                    Sources = [new VolumeProjection { ServiceAccountToken = new ServiceAccountTokenProjection { Audience = RuntimeFiles.TokenAudience, ExpirationSeconds = TokenSeconds, Path = Path.GetFileName(RuntimeFiles.Token) } }],
                },
            },
        ];

    public static IReadOnlyList<VolumeMount> Mounts(ChannelAccess? channel) => channel is null ? [] : [new VolumeMount { Name = Volume, MountPath = RuntimeFiles.TokenFolder, ReadOnly = true }];

    /// <summary>Variables for results of a step.</summary>
    public static IReadOnlyList<EnvVar> Variables(ChannelAccess? channel, string path) => Variables(channel, RuntimeFiles.ResultsUrlVariable, path);

    /// <summary>Variables of which one, of the given name, has the address.</summary>
    public static IReadOnlyList<EnvVar> Variables(ChannelAccess? channel, string name, string path) => channel is null
        ? []
        :
        [
            new EnvVar { Name = name, Value = channel.Url + path },
            new EnvVar { Name = RuntimeFiles.TokenFileVariable, Value = RuntimeFiles.Token },
            new EnvVar { Name = RuntimeFiles.AuthorityVariable, Value = channel.AuthorityPem },
        ];
}
