using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.AgentRuntime.Serving;

/// <summary>The caller's trace (W3C Trace Context).</summary>
internal static class TraceParents
{
    public static ActivityContext Of(HttpContext http) => Parse(http.Request.Headers.TraceParent, http.Request.Headers.TraceState);

    /// <summary>Default when there is none, or none that can be read.</summary>
    public static ActivityContext Parse(string? traceParent, string? traceState) =>
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out ActivityContext context) ? context : default;
}
