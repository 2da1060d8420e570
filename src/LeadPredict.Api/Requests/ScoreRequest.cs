using LeadPredict.Funnel.Leads;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Requests;

/// <summary>What is to be scored: a lead that came with the request, or one of the store.</summary>
public sealed record ScoreRequest
{
    /// <summary>The lead of the store, or null when the lead came with the request.</summary>
    public string? LeadId { get; init; }

    /// <summary>The lead that came with the request, or null when the store has it.</summary>
    public LeadHistory? Lead { get; init; }

    /// <summary>The instant of the decision, or null for now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>What was noticed in reading, for the answer's warnings.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Scores the lead that came with the request. The service and the console both call this.</summary>
    /// <param name="engine">An engine over a funnel model.</param>
    /// <param name="now">The instant of the decision when the request names none.</param>
    /// <param name="reasons">Whether to tell the reasons.</param>
    /// <exception cref="InvalidOperationException">The request names a lead of the store.</exception>
    /// <exception cref="LeadNotKnownException">The lead was created or recorded at that instant or later.</exception>
    public LeadScore Score(PredictionEngine engine, DateTimeOffset now, bool reasons = true) => Fill(engine, now, reasons).Tell();

    /// <summary>The same in numbers, which the engine's next score overwrites.</summary>
    /// <inheritdoc cref="Score" />
    public ScoreSheet Fill(PredictionEngine engine, DateTimeOffset now, bool reasons = true)
    {
        (AccountHistory account, LeadHistory lead) = Inline();
        return Fill(engine, account, lead, now, reasons);
    }

    internal (AccountHistory Account, LeadHistory Lead) Inline() => Lead is { } lead
        ? (new(null, [lead]), lead)
        : throw new InvalidOperationException("the request names a lead of the store; expected the lead itself");

    internal ScoreSheet Fill(PredictionEngine engine, AccountHistory account, LeadHistory lead, DateTimeOffset now, bool reasons)
    {
        ScoreSheet sheet = new LeadScorer(engine).Fill(account, lead, AsOf ?? now, reasons);
        for (int i = 0; i < Notes.Count; i++)
        {
            sheet.Warnings.Add(Notes[i]);
        }

        return sheet;
    }
}
