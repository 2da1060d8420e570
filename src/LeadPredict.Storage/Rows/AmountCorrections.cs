using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;

namespace LeadPredict.Storage.Rows;

/// <summary>What outcomes that are known with another amount or currency are added as, since rows are never changed; see <see cref="CorrectedAmounts"/>.</summary>
internal sealed class AmountCorrections
{
    private readonly Dictionary<string, List<Outcome>> _deals;

    /// <param name="kept">What is kept of the deals, with all their corrections.</param>
    public AmountCorrections(IEnumerable<StoredDeal> kept) =>
        _deals = kept.Select(row => row.ToOutcome()).GroupBy(row => CorrectedAmounts.FirstId(row.Id), StringComparer.Ordinal)
            .ToDictionary(deal => deal.Key, deal => deal.OrderBy(row => row.Id.Length).ToList(), StringComparer.Ordinal);

    /// <summary>Whether a deal that is kept was won where this one was lost, or the other way.</summary>
    public bool EndsOtherwise(Outcome row) => _deals.TryGetValue(row.Id, out List<Outcome>? deal) && deal[0].Won != row.Won;

    /// <summary>
    /// The correction: of what was recorded later than all that is kept, and of what comes with the outcome's own instants, which counts from right after what is kept.
    /// Null where it is none: it ends otherwise, was recorded in between or before, or is worth what is kept already. Without a currency it has that of what is kept.
    /// </summary>
    public Outcome? Of(Outcome row)
    {
        if (row.Amount is null || !_deals.TryGetValue(row.Id, out List<Outcome>? deal))
        {
            return null;
        }

        (Outcome first, Outcome last) = (deal[0], deal[^1]);
        row = row with { Currency = row.Currency ?? last.Currency };
        DateTimeOffset recorded = UtcTime.Normalize(row.RecordedAt);
        bool later = recorded > last.RecordedAt;
        bool again = recorded == first.RecordedAt && !deal.Exists(told => IsWorth(told, row));
        if (first.Won != row.Won || !(later || again) || IsWorth(last, row))
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

    private static bool IsWorth(Outcome told, Outcome row) => (told.Amount, told.Currency) == (row.Amount, row.Currency);
}
