using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Images;

/// <summary>The image map, read again when its file changes.</summary>
internal sealed partial class ImageMapFile
{
    private readonly string? _path;
    private readonly ILogger<ImageMapFile> _logger;
    private readonly Lock _gate = new();
    private ImageMap _map = ImageMap.Empty;
    private DateTime _written;

    /// <exception cref="LocalClusterException">The file is missing or wrong: at the start that is an error, later it is logged.</exception>
    public ImageMapFile(string? path, ILogger<ImageMapFile> logger)
    {
        _path = path is null ? null : Path.GetFullPath(path);
        _logger = logger;
        if (_path is not null)
        {
            Load(_path);
        }
    }

    /// <summary>How messages name the map.</summary>
    public string Name => _path ?? "the empty image map (start the cluster with --images FILE)";

    public LocalImage? Find(string image)
    {
        lock (_gate)
        {
            if (_path is not null && File.GetLastWriteTimeUtc(_path) != _written)
            {
                Reload(_path);
            }

            return _map.Find(image);
        }
    }

    private void Reload(string path)
    {
        try
        {
            Load(path);
            LogLoaded(_logger, path);
        }
        catch (LocalClusterException error)
        {
            LogBroken(_logger, error.Message);
        }
    }

    private void Load(string path)
    {
        // Taken first: a write during the read is then seen the next time.
        _written = File.GetLastWriteTimeUtc(path);
        try
        {
            _map = ImageMap.Parse(path, File.ReadAllBytes(path), Variable);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LocalClusterException($"The image map {path} cannot be read: {error.Message}", error);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Read {Path} again")]
    private static partial void LogLoaded(ILogger logger, string path);

    [LoggerMessage(2, LogLevel.Error, "The image map stays as it was: {Problem}")]
    private static partial void LogBroken(ILogger logger, string problem);

    /// <summary>The environment's; DOTNET_ROOT is known without it, because this process runs on a .NET itself.</summary>
    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) switch
    {
        { Length: > 0 } value => value,
        _ when name == "DOTNET_ROOT" => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
        _ => null,
    };
}
