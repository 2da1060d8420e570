using System.Net.Http.Headers;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Rescoring;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Outbox;

namespace LeadPredict.Api.Events;

/// <summary>
/// Delivers events: at least once, in order for each lead, again and again with longer and longer pauses, and gives them up after about two days. Of
/// several services one delivers at a time; where it stops another goes on.
/// </summary>
internal sealed class EventSender(LeadPredictApiOptions options, ILogger<EventSender> log) : BackgroundService
{
    /// <summary>Attempts before an event is given up: a second, two, four, ... an hour each time from the twelfth.</summary>
    public const int MostAttempts = 60;

    private const int AtOnce = 8;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MostAsked = TimeSpan.FromHours(1);
    private readonly RepeatedFault _fault = new(log, options.Time, "Events wait");

    // Events may wait for another service no longer than this when this one is killed.
    private readonly SoleWork _sending = new("events", length: TimeSpan.FromSeconds(15), step: TimeSpan.FromSeconds(12));

    /// <summary>Whether events leave at all.</summary>
    public bool IsOn { get; } = options is { Operations: not null, Events: not null };

    /// <summary>The pause after a failed attempt.</summary>
    /// <param name="attempts">How many failed before, from 0.</param>
    /// <param name="id">Spreads the events of one outage, so that they do not come back all at once.</param>
    public static TimeSpan Backoff(int attempts, long id)
    {
        double seconds = Math.Min(3600, Math.Pow(2, Math.Min(attempts, 12)));
        return TimeSpan.FromSeconds(seconds * (0.75 + (0.5 * ((ulong)id * 0x9E3779B97F4A7C15UL >> 40) / (1 << 24))));
    }

    /// <summary>The pause, or what the receiver asks for where that is longer: at most an hour.</summary>
    private static TimeSpan Longer(TimeSpan pause, RetryConditionHeaderValue? asked, DateTimeOffset now) =>
        (asked?.Delta ?? asked?.Date - now) is { } wanted && wanted > pause ? TimeSpan.FromTicks(Math.Max(pause.Ticks, Math.Min(wanted.Ticks, MostAsked.Ticks))) : pause;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsOn)
        {
            return;
        }

        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Timeout,
        };
        while (!stoppingToken.IsCancellationRequested)
        {
            int sent = 0;
            try
            {
                sent = await StepAsync(client, stoppingToken);
                _fault.Over();
            }
            catch (StorageException fault)
            {
                _fault.Tell(fault.Message);
            }
            catch (Exception bug) when (bug is not OperationCanceledException)
            {
                log.LogError("Sending events failed: {Exception} at {Stack}", LoggedFault.Name(bug), bug.StackTrace);
            }

            if (sent == 0)
            {
                await options.Time.RestAsync(Pause, stoppingToken);
            }
        }
    }

    /// <summary>Sends what is due, of each lead one event.</summary>
    /// <returns>How many were tried.</returns>
    internal async Task<int> StepAsync(HttpClient client, CancellationToken cancellation)
    {
        DateTimeOffset now = options.Time.GetUtcNow();
        IOutbox outbox = options.Operations!.Outbox;
        if (!await _sending.HoldAsync(outbox, now, cancellation))
        {
            return 0;
        }

        IReadOnlyList<WaitingEvent> due = await outbox.DueAsync(now, AtOnce, cancellation);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (waiting, ct) => await SendAsync(client, outbox, waiting, ct));
        return due.Count;
    }

    private async Task SendAsync(HttpClient client, IOutbox outbox, WaitingEvent waiting, CancellationToken cancellation)
    {
        if (!options.Events!.Reaches(waiting.Event.LeadId))
        {
            // Kept while other options held.
            await outbox.WithdrawAsync(waiting.Event.LeadId, cancellation);
            return;
        }

        string error;
        TimeSpan pause = Backoff(waiting.Attempts, waiting.Id);
        try
        {
            using HttpRequestMessage request = EventRequest.Of(waiting, options.Events, options.Time.GetUtcNow());

            // What it says beside the status is not asked for, however long it is.
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.IsSuccessStatusCode)
            {
                // Noted also when the service is ending: otherwise it would be sent once more.
                await outbox.DeliveredAsync(waiting, options.Time.GetUtcNow(), latestOnly: options.Events.Overwrites, CancellationToken.None);
                return;
            }

            error = $"the receiver answered {(int)response.StatusCode}";
            pause = Longer(pause, response.Headers.RetryAfter, options.Time.GetUtcNow());
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            error = fault switch
            {
                HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded } => "the receiver's answer was no whole HTTP answer",
                HttpRequestException => "the receiver could not be reached",
                _ => "the receiver did not answer in time",
            };
        }
        catch (Exception bug) when (bug is not OperationCanceledException and not StorageException)
        {
            // One event that cannot even be made into a request must neither hold the others back nor be tried without a pause.
            log.LogError("Event {Event} could not be sent: {Exception} at {Stack}", waiting.Event.EventId, LoggedFault.Name(bug), bug.StackTrace);
            error = $"it could not be sent: {bug.GetType().Name}";
        }

        DateTimeOffset now = options.Time.GetUtcNow();
        bool givenUp = waiting.Attempts + 1 >= MostAttempts;
        await outbox.FailedAsync(waiting, error, givenUp ? null : now + pause, now, CancellationToken.None);
        if (givenUp)
        {
            log.LogError("Event {Event} was given up: {Error}", waiting.Event.EventId, error);
        }
    }
}
