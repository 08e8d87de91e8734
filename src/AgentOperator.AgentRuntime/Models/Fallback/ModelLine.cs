using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace AgentOperator.AgentRuntime.Models.Fallback;

/// <summary>One model with its pipeline: retries outside, then the circuit breaker, then the limit of one try.</summary>
internal sealed class ModelLine
{
    private readonly ResiliencePipeline _pipeline;

    public ModelLine(EndpointChatClient client, TimeProvider time, FallbackOptions options)
    {
        Client = client;
        ResiliencePipelineBuilder builder = new() { TimeProvider = time, Name = client.Endpoint.ToString() };
        if (options.Tries > 1)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => ValueTask.FromResult(IsTransient(arguments.Outcome.Exception) && !(RetryAfter(arguments.Outcome.Exception) > options.MaxRetryAfter)),
                MaxRetryAttempts = options.Tries - 1,
                Delay = options.Delay,
                MaxDelay = options.MaxDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                DelayGenerator = static arguments => ValueTask.FromResult(RetryAfter(arguments.Outcome.Exception)),
            });
        }

        _pipeline = builder
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = static arguments => ValueTask.FromResult(IsTransient(arguments.Outcome.Exception)),
                FailureRatio = 0.5,
                MinimumThroughput = options.BreakerCalls,
                SamplingDuration = options.BreakerWindow,
                BreakDuration = options.BreakerPause,
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = client.Endpoint.Timeout })
            .Build();
    }

    public EndpointChatClient Client { get; }

    /// <summary>The result, or null when the model gave none; each failed try is added to the list.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<T?> TryAsync<T>(Func<CancellationToken, Task<T>> call, List<ModelAttempt> attempts, CancellationToken cancellation)
        where T : class
    {
        int before = attempts.Count;
        try
        {
            return await _pipeline.ExecuteAsync(
                async token =>
                {
                    try
                    {
                        return await call(token);
                    }
                    catch (ModelException error)
                    {
                        attempts.Add(Failed(error));
                        throw;
                    }
                    catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
                    {
                        attempts.Add(Failed(new ModelException(ModelErrorKind.Timeout, $"no answer within {Client.Endpoint.Timeout.TotalSeconds:0.###} s")));
                        throw;
                    }
                },
                cancellation);
        }
        catch (BrokenCircuitException)
        {
            if (attempts.Count == before)
            {
                attempts.Add(Attempt() with { Reason = "not asked: it failed repeatedly a moment ago" });
            }

            return null;
        }
        catch (Exception error) when (error is ModelException or TimeoutRejectedException)
        {
            return null;
        }
    }

    public ModelAttempt Attempt() => new() { Provider = Client.Endpoint.Provider, Model = Client.Endpoint.Name };

    private static bool IsTransient(Exception? error) => error is TimeoutRejectedException or ModelException { IsTransient: true };

    private static TimeSpan? RetryAfter(Exception? error) => (error as ModelException)?.RetryAfter;

    private ModelAttempt Failed(ModelException error) =>
        Attempt() with { Error = error.Kind, Status = error.Status, Reason = error.Message, RetryAfter = error.RetryAfter, Usage = error.Usage };
}
