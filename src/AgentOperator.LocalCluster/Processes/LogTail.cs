using System.Text;

namespace AgentOperator.Local.Processes;

/// <summary>The end of a log.</summary>
internal static class LogTail
{
    /// <summary>At most so many lines and bytes from the end; empty when there is no file.</summary>
    public static string Read(string path, int lines, int bytes = 16 * 1024)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long start = Math.Max(0, file.Length - bytes);
        byte[] buffer = new byte[Math.Max(0, file.Length - start)];
        file.Position = start;
        int length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return LastLines(Encoding.UTF8.GetString(buffer, 0, length), lines);
    }

    private static string LastLines(string text, int lines)
    {
        int position = text.EndsWith('\n') ? text.Length - 1 : text.Length;
        for (int i = 0; i < lines && position > 0; i++)
        {
            position = text.LastIndexOf('\n', position - 1);
        }

        return position <= 0 ? text : text[(position + 1)..];
    }
}
