using System.IO.Enumeration;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AgentOperator.Local.Images;

/// <summary>Which local command an image name stands for.</summary>
internal sealed partial class ImageMap
{
    private readonly IReadOnlyDictionary<string, LocalImage> _images;

    private ImageMap(IReadOnlyDictionary<string, LocalImage> images) => _images = images;

    public static ImageMap Empty { get; } = new(new Dictionary<string, LocalImage>(StringComparer.Ordinal));

    /// <summary>Reads a map; sources become absolute.</summary>
    /// <param name="path">The file, for messages and for relative sources.</param>
    /// <param name="json">Its content.</param>
    /// <param name="variable">Gives a variable of the environment.</param>
    /// <exception cref="LocalClusterException">The file is wrong; the message names the line.</exception>
    public static ImageMap Parse(string path, ReadOnlySpan<byte> json, Func<string, string?> variable)
    {
        ImageMapDocument document;
        try
        {
            document = JsonSerializer.Deserialize(json, ImageJsonContext.Default.ImageMapDocument) ?? throw new LocalClusterException($"{path}: the file is null, not an object with \"images\".");
        }
        catch (JsonException error)
        {
            throw new LocalClusterException($"{path}, line {(error.LineNumber ?? 0) + 1}: {Reason(error)}", error);
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return new ImageMap(document.Images.ToDictionary(static entry => entry.Key, entry => Resolve(path, folder, entry.Key, entry.Value, variable), StringComparer.Ordinal));
    }

    /// <summary>The entry of this very name, else the longest pattern that fits; null for an unknown image.</summary>
    public LocalImage? Find(string image)
    {
        if (_images.TryGetValue(image, out LocalImage? exact))
        {
            return exact;
        }

        string? best = null;
        foreach (string pattern in _images.Keys)
        {
            if (pattern.Contains('*', StringComparison.Ordinal) && FileSystemName.MatchesSimpleExpression(pattern, image, ignoreCase: false) && !(best?.Length >= pattern.Length))
            {
                best = pattern;
            }
        }

        return best is null ? null : _images[best];
    }

    private static LocalImage Resolve(string path, string folder, string name, LocalImage image, Func<string, string?> variable)
    {
        foreach (ImageMount mount in image.Mounts)
        {
            if (!mount.Path.StartsWith('/'))
            {
                throw new LocalClusterException($"{path}: image \"{name}\": the mount path \"{mount.Path}\" is not absolute.");
            }
        }

        if (image.WorkingDir is { } workingDir && !workingDir.StartsWith('/'))
        {
            throw new LocalClusterException($"{path}: image \"{name}\": workingDir \"{workingDir}\" is not absolute.");
        }

        return image with
        {
            Mounts = [.. image.Mounts.Select(mount => mount with { Source = Path.GetFullPath(Path.Combine(folder, Substitute(path, name, mount.Source, variable))) })],
        };
    }

    private static string Substitute(string path, string name, string source, Func<string, string?> variable) =>
        Variable().Replace(source, match => variable(match.Groups["name"].Value)
            ?? throw new LocalClusterException($"{path}: image \"{name}\": {match.Value} in the source \"{source}\" is not set."));

    /// <summary>The serializer's message without its own notes on path and position.</summary>
    private static string Reason(JsonException error)
    {
        int notes = error.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        string reason = notes < 0 ? error.Message : error.Message[..notes];
        return error.Path is null or "$" ? reason : $"{reason} (at {error.Path})";
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
