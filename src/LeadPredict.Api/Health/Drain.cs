namespace LeadPredict.Api.Health;

/// <summary>
/// The end of the service: first it says that it is not ready and asks callers to close their connections, while it goes on answering; after a
/// while it takes no new connections, and ends when what it took is answered.
/// </summary>
internal sealed class Drain(LeadPredictApiOptions options, ILogger<Drain> log) : IHostedLifecycleService
{
    private volatile bool _begun;

    /// <summary>Whether the service is ending.</summary>
    public bool HasBegun => _begun;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _begun = true;
        log.LogInformation("Ending: not ready from now on, taking requests for {Seconds} more seconds", options.DrainDelay.TotalSeconds);
        return Task.Delay(options.DrainDelay, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
