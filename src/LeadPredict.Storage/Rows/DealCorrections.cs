using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;

namespace LeadPredict.Storage.Rows;

/// <summary>
/// What outcomes of deals that are known already are added as, since rows are never changed: another amount or currency as a correction (<see cref="CorrectedAmounts"/>),
/// the win of a deal that was lost before as an outcome of its own.
/// </summary>
internal sealed class DealCorrections
{
    /// <summary>What the identifier of the win of a deal that was lost before has after that of the deal.</summary>
    public const string WonAfterAll = "~won";

    private readonly Dictionary<string, List<Outcome>> _deals;

    /// <param name="kept">What is kept of the deals, with all their corrections.</param>
    public DealCorrections(IEnumerable<StoredDeal> kept) =>
        _deals = kept.Select(row => row.ToOutcome()).GroupBy(row => CorrectedAmounts.FirstId(row.Id), StringComparer.Ordinal)
            .ToDictionary(deal => deal.Key, deal => deal.OrderBy(row => row.Id.Length).ToList(), StringComparer.Ordinal);

    /// <summary>Whether a deal that is kept was won where this one was lost, or was lost no earlier than this one was won.</summary>
    public bool EndsOtherwise(Outcome row)
    {
        if (!_deals.TryGetValue(row.Id, out List<Outcome>? deal))
        {
            return false;
        }

        // What is told as lost may be an end after that of the win.
        Outcome end = !row.Won && _deals.TryGetValue(row.Id + WonAfterAll, out List<Outcome>? win) && UtcTime.Normalize(row.OccurredAt) > win[0].OccurredAt ? win[0] : deal[0];
        return end.Won != row.Won && !IsWonAfterAll(row, end);
    }

    /// <summary>
    /// What is added. A correction: of what was recorded later than all that is kept, and of what comes with the outcome's own instants, which counts from right after what
    /// is kept. A win: of a deal that is kept as lost earlier. Null where it is neither: it ends otherwise, was recorded in between or before, or is worth what is kept
    /// already. Without a currency it has that of what is kept.
    /// </summary>
    public Outcome? Of(Outcome row)
    {
        if (!_deals.TryGetValue(row.Id, out List<Outcome>? deal))
        {
            return null;
        }

        if (IsWonAfterAll(row, deal[0]))
        {
            row = row with { Id = row.Id + WonAfterAll, LeadId = deal[0].LeadId, Currency = row.Currency ?? deal[^1].Currency };
            if (!_deals.TryGetValue(row.Id, out deal))
            {
                _deals.Add(row.Id, [row]);
                return row;
            }
        }

        return deal[0].Won == row.Won && row.Amount is not null ? OfAmount(row, deal) : null;
    }

    private static Outcome? OfAmount(Outcome row, List<Outcome> deal)
    {
        (Outcome first, Outcome last) = (deal[0], deal[^1]);
        row = row with { Currency = row.Currency ?? last.Currency };
        DateTimeOffset recorded = UtcTime.Normalize(row.RecordedAt);
        bool later = recorded > last.RecordedAt;
        bool again = recorded == first.RecordedAt && !deal.Exists(told => IsWorth(told, row));
        if (!(later || again) || IsWorth(last, row))
        {
            return null;
        }

        Outcome correction = last with
        {
            Id = last.Id + CorrectedAmounts.Suffix,
            Amount = row.Amount,
            Currency = row.Currency,
            RecordedAt = later ? recorded : last.RecordedAt.AddMicroseconds(1),
        };
        deal.Add(correction);
        return correction;
    }

    private static bool IsWonAfterAll(Outcome row, Outcome kept) => row.Won && !kept.Won && UtcTime.Normalize(row.OccurredAt) > kept.OccurredAt;

    private static bool IsWorth(Outcome told, Outcome row) => (told.Amount, told.Currency) == (row.Amount, row.Currency);
}
