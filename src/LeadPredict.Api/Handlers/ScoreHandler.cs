using System.Buffers;
using System.Diagnostics;
using LeadPredict.Api.Answers;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Metrics;
using LeadPredict.Api.Requests;
using LeadPredict.Api.ScoreLog;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage;

namespace LeadPredict.Api.Handlers;

/// <summary>Scores a lead that came with the request or one of the store, and logs what was said.</summary>
internal sealed class ScoreHandler(ServedModels models, LeadPredictApiOptions options, ScoreLogWriter log, ServiceMetrics metrics)
{
    /// <summary>Scores with the version that serves now and writes the answer.</summary>
    public async Task AnswerAsync(ScoreRequest request, string? model, bool reasons, ArrayBufferWriter<byte> answer, CancellationToken cancellation)
    {
        using PredictionEngineLease lease = models.Rent(model);
        await AnswerAsync(request, lease.Engine, reasons, answer, cancellation);
    }

    /// <summary>Scores with an engine that was rented for it, appends the answer and takes it as given.</summary>
    public async ValueTask AnswerAsync(ScoreRequest request, PredictionEngine engine, bool reasons, ArrayBufferWriter<byte> answer, CancellationToken cancellation)
    {
        ScoredLead scored = await ScoreAsync(request, engine, reasons, cancellation);
        LeadScoreWriter.Write(answer, scored.Score);
        await GiveAsync(RowOf(scored), cancellation);
    }

    /// <summary>Scores with an engine that was rented for it, without taking the score as given.</summary>
    /// <returns>The score, until the engine's next.</returns>
    public async ValueTask<ScoredLead> ScoreAsync(ScoreRequest request, PredictionEngine engine, bool reasons, CancellationToken cancellation)
    {
        DateTimeOffset now = Now();
        (AccountHistory account, LeadHistory lead) = request.LeadId is { } leadId
            ? await StoredAsync(leadId, request.AsOf, now, cancellation)
            : request.Inline();
        using Activity? trace = ServiceMetrics.Traces.StartActivity("score");
        ScoreSheet score = request.Fill(engine, account, lead, now, reasons);
        trace?.SetTag("leadpredict.model", engine.Model.ToString());
        return new(score, account, lead, now);
    }

    /// <summary>What is counted and logged of a score, until the thread's next.</summary>
    public GivenLead RowOf(ScoredLead scored)
    {
        string model = scored.Score.Engine.Model.Name;
        return !log.IsOn ? new(model, null, null) : new(
            model,
            GivenScore.RowOf(scored.Score, GivenScore.Champion, GivenScore.Served, scored.At, LoggedDetail.Of(scored.Score)),
            // The history is kept only for a challenger: thousands of scores may wait.
            models.HasChallenger(model) ? new(scored.Account, scored.Lead) : null);
    }

    /// <summary>Counts and logs a score that is answered.</summary>
    public ValueTask GiveAsync(GivenLead given, CancellationToken cancellation)
    {
        metrics.Scored(given.Model);
        return given.Row is { } row ? log.AddAsync(row, given.Shadowed, cancellation) : ValueTask.CompletedTask;
    }

    public async Task<(AccountHistory Account, LeadHistory Lead)> FindAsync(string leadId, CancellationToken cancellation)
    {
        IHistoryStore store = options.Store
            ?? throw new ProblemException(ProblemKind.NotReady, "This service has no store: send the lead itself, or start it with --store.");
        AccountHistory account = await store.FindAccountOfLeadAsync(leadId, cancellation)
            ?? throw NoSuchLead();
        return (account, account.Find(leadId)!);
    }

    public static ProblemException NoSuchLead() =>
        new(ProblemKind.NotFound, "The store has no such lead.", new RequestFault("/leadId", "an identifier that is not in the store", "the identifier of a stored lead"));

    private Task<(AccountHistory Account, LeadHistory Lead)> StoredAsync(string leadId, DateTimeOffset? asOf, DateTimeOffset now, CancellationToken cancellation) =>
        // Rows may be dated ahead, such as a planned meeting: an instant to come would let them in.
        asOf > now
            ? throw new RequestFaultsException("/asOf", "an instant in the future", $"now or earlier for a lead of the store; now is {now:yyyy-MM-ddTHH:mm:ssZ}")
            : FindAsync(leadId, cancellation);

    private DateTimeOffset Now() => UtcTime.Normalize(options.Time.GetUtcNow());
}
