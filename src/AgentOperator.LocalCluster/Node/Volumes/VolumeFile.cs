namespace AgentOperator.Local.Node.Volumes;

/// <summary>A file of a volume.</summary>
/// <param name="Path">Relative to the volume.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Mode">Its permissions.</param>
internal sealed record VolumeFile(string Path, byte[] Content, UnixFileMode Mode)
{
    private const int DefaultMode = 420;

    public static UnixFileMode ModeOf(int? own, int? volume) => (UnixFileMode)((own ?? volume ?? DefaultMode) & 0b111_111_111);
}
