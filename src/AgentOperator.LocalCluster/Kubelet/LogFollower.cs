namespace AgentOperator.Local.Kubelet;

/// <summary>Copies a log, and what is still to come if wanted.</summary>
internal static class LogFollower
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <param name="path">The log.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="query">What of it.</param>
    /// <param name="isOver">Nothing more will be written.</param>
    /// <param name="time">Clock of the waits for more.</param>
    /// <param name="cancellation">The reader has gone.</param>
    public static async Task CopyAsync(string path, Stream target, LogQuery query, Func<bool> isOver, TimeProvider time, CancellationToken cancellation)
    {
        await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (query.SinceSeconds is { } seconds && !query.Follow && File.GetLastWriteTimeUtc(path) < time.GetUtcNow().UtcDateTime.AddSeconds(-seconds))
        {
            return;
        }

        file.Position = query.TailLines is { } lines ? await StartOfAsync(file, lines, cancellation) : 0;
        byte[] buffer = new byte[64 * 1024];
        long left = query.LimitBytes ?? long.MaxValue;
        while (left > 0)
        {
            // Asked first: what was written before the end is then read after it.
            bool wasOver = !query.Follow || isOver();
            int read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellation);
            if (read > 0)
            {
                left -= read;
                await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
                await target.FlushAsync(cancellation);
            }
            else if (wasOver)
            {
                return;
            }
            else
            {
                await Task.Delay(Poll, time, cancellation);
            }
        }
    }

    internal static async Task<long> StartOfAsync(FileStream file, long lines, CancellationToken cancellation)
    {
        byte[] buffer = new byte[64 * 1024];
        long end = file.Length;

        // The newline at the very end ends the last line.
        long left = lines + 1;
        for (long position = end; position > 0;)
        {
            int length = (int)Math.Min(buffer.Length, position);
            position -= length;
            file.Position = position;
            await file.ReadExactlyAsync(buffer.AsMemory(0, length), cancellation);
            for (int i = length - 1; i >= 0; i--)
            {
                bool isLast = position + i == end - 1;
                if ((buffer[i] == (byte)'\n' || isLast) && --left == 0)
                {
                    return position + i + 1;
                }
            }
        }

        return 0;
    }
}
