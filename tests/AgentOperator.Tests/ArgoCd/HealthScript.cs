using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace AgentOperator.Tests.ArgoCd;

/// <summary>Runs a script of config/argocd as Argo CD does: with the object and a few functions, without string and math.</summary>
internal static class HealthScript
{
    private static readonly string Root = typeof(HealthScript).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static found => found.Key == "RepositoryRoot").Value!;

    /// <summary>Status and message.</summary>
    public static async Task<(string Status, string Message)> RunAsync(string kind, JsonElement obj)
    {
        string harness = $"""
            debug.setmetatable("", nil)
            local env = {Braced("ipairs = ipairs, pairs = pairs, tostring = tostring, tonumber = tonumber, type = type, obj = " + Literal(obj))}
            local hs = assert(loadfile(arg[1], "t", env))()
            io.write(hs.status, "\n", hs.message)
            """;
        using Process lua = Process.Start(new ProcessStartInfo("lua5.4", ["-", Path.Combine(Root, "config", "argocd", $"{kind.ToLowerInvariant()}.lua")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await lua.StandardInput.WriteAsync(harness);
        lua.StandardInput.Close();
        string error = await lua.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await lua.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await lua.WaitForExitAsync(TestContext.Current.CancellationToken);
        error.ShouldBe("");
        string[] lines = output.Split('\n', 2);
        return (lines[0], lines[1]);
    }

    private static string Literal(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Braced(string.Join(',', value.EnumerateObject().Select(static property => $"[{Quoted(property.Name)}]={Literal(property.Value)}"))),
        JsonValueKind.Array => Braced(string.Join(',', value.EnumerateArray().Select(Literal))),
        JsonValueKind.String => Quoted(value.GetString()!),
        JsonValueKind.Null => "nil",
        _ => value.GetRawText(),
    };

    private static string Braced(string text) => $"{{{text}}}";

    private static string Quoted(string text) => $"\"{string.Concat(Encoding.UTF8.GetBytes(text).Select(static one => string.Create(CultureInfo.InvariantCulture, $"\\{one:d3}")))}\"";
}
