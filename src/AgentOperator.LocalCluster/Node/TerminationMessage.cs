using System.Text;
using AgentOperator.Local.Processes;

namespace AgentOperator.Local.Node;

/// <summary>What a container leaves to say, within the kubelet's limits.</summary>
internal static class TerminationMessage
{
    private const int MaxBytes = 4096;
    private const int MaxLogBytes = 2048;
    private const int MaxLogLines = 80;

    /// <summary>The termination log; the log's end when the container failed without a word and its policy says so.</summary>
    public static string? Read(ContainerFiles files, string? policy, int exitCode)
    {
        string message = ReadStart(files.TerminationLog);
        if (message.Length == 0 && exitCode != 0 && policy == "FallbackToLogsOnError")
        {
            message = LogTail.Read(files.Log, MaxLogLines, MaxLogBytes);
        }

        return message.Length == 0 ? null : message;
    }

    private static string ReadStart(string path)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using FileStream file = File.OpenRead(path);
        byte[] buffer = new byte[MaxBytes];
        return Encoding.UTF8.GetString(buffer, 0, file.ReadAtLeast(buffer, MaxBytes, throwOnEndOfStream: false));
    }
}
