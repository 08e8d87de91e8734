using Microsoft.Extensions.Hosting;

namespace AgentOperator.Probes;

/// <summary>Signals are the outer host's: it stops the probes' servers when all else has stopped.</summary>
internal sealed class InnerLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
