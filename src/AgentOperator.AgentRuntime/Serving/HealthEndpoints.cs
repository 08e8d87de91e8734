using AgentOperator.AgentRuntime.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AgentOperator.AgentRuntime.Serving;

/// <summary>/healthz: the process answers. /readyz: every tool server was tried once, and the process is not stopping; models do not count, a pod cannot help them.</summary>
internal sealed class HealthEndpoints(AgentParts parts, CallGate gate)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", static (HttpContext http) => http.Response.WriteAsync("ok\n"));
        routes.MapGet("/readyz", (RequestDelegate)ReadyAsync);
    }

    private Task ReadyAsync(HttpContext http)
    {
        string? problem = gate.IsClosed ? "shutting down" : parts.Toolbox.IsTried ? null : "tools are being looked for";
        http.Response.StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return http.Response.WriteAsync($"{problem ?? "ok"}\n");
    }
}
