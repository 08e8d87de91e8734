using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AgentOperator.Local.Node.Volumes;

/// <summary>rename(2), which replaces a link as such: .NET's own moves look at what it points to.</summary>
internal static partial class Links
{
    public static void Replace(string from, string to)
    {
        if (NativeRename(from, to) != 0)
        {
            throw new IOException($"{to} cannot be replaced: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
    }

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int NativeRename(string from, string to);
}
