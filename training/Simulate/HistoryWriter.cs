using System.Text.Json;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Training.Simulate;

/// <summary>Writes accounts as they come to the CSV files of <see cref="HistoryFolder"/>; nothing is kept in memory.</summary>
/// <remarks>
/// Rows that happen or are recorded at the end of the history or later are left out. About one touch in a hundred is sent twice, as
/// senders do: the same id, recorded some minutes later; and now and then a row of another file stands there twice.
/// </remarks>
internal sealed class HistoryWriter : IDisposable
{
    private readonly SimulationRandom _repeats;
    private readonly CsvFile _accounts;
    private readonly CsvFile _leads;
    private readonly CsvFile _attributes;
    private readonly CsvFile _touches;
    private readonly CsvFile _transitions;
    private readonly CsvFile _outcomes;
    private readonly CsvFile _truth;

    public HistoryWriter(string folder, long seed)
    {
        _repeats = new SimulationRandom(seed, -1);
        _accounts = new(folder, HistoryFolder.Accounts, "id", "name", "domain", "createdAt", "recordedAt");
        _leads = new(folder, HistoryFolder.Leads, "id", "accountId", "source", "createdAt", "recordedAt");
        _attributes = new(folder, HistoryFolder.Attributes, "leadId", "name", "value", "occurredAt", "recordedAt");
        _touches = new(folder, HistoryFolder.Touches, "id", "leadId", "type", "occurredAt", "recordedAt", "properties");
        _transitions = new(folder, HistoryFolder.Transitions, "id", "leadId", "to", "occurredAt", "recordedAt", "actor", "reason");
        _outcomes = new(folder, HistoryFolder.Outcomes, "id", "leadId", "won", "amount", "currency", "occurredAt", "recordedAt");
        _truth = new(folder, HistoryFolder.Truth, "leadId", "asOf", "episode", "pSql", "pCloseGivenSql", "pClose");
    }

    /// <summary>How many touches were written twice.</summary>
    public int RepeatedTouches { get; private set; }

    public void Write(SimulatedAccount simulated)
    {
        if (simulated.Account is { } account)
        {
            _accounts.Write(account.Id, account.Name, account.Domain, CsvFile.Format(account.CreatedAt), CsvFile.Format(account.RecordedAt));
        }

        foreach (SimulatedLead simulatedLead in simulated.Leads)
        {
            LeadHistory history = simulatedLead.ToHistory();
            Lead lead = history.Lead;
            Repeatedly(0.003, () => _leads.Write(
                lead.Id, lead.AccountId, lead.Source, CsvFile.Format(lead.CreatedAt), CsvFile.Format(lead.RecordedAt)));
            foreach (AttributeChange change in Kept(history.Attributes))
            {
                _attributes.Write(
                    change.LeadId, change.Name, change.Value.ToString(), CsvFile.Format(change.OccurredAt), CsvFile.Format(change.RecordedAt));
            }

            foreach (Touch touch in Kept(history.Touches))
            {
                WriteTouch(touch);
            }

            foreach (StageTransition move in Kept(history.Transitions))
            {
                Repeatedly(0.003, () => _transitions.Write(
                    move.Id, move.LeadId, move.To.ToString(), CsvFile.Format(move.OccurredAt), CsvFile.Format(move.RecordedAt), move.Actor, move.Reason));
            }

            foreach (Outcome outcome in Kept(history.Outcomes))
            {
                _outcomes.Write(
                    outcome.Id, outcome.LeadId, outcome.Won ? "true" : "false",
                    outcome.Amount?.ToString("0", System.Globalization.CultureInfo.InvariantCulture), outcome.Currency,
                    CsvFile.Format(outcome.OccurredAt), CsvFile.Format(outcome.RecordedAt));
            }
        }

        foreach (MqlTruth truth in simulated.Truths)
        {
            _truth.Write(
                truth.LeadId, CsvFile.Format(truth.AsOf), CsvFile.Format(truth.Episode),
                CsvFile.Format(truth.Sql), CsvFile.Format(truth.CloseGivenSql), CsvFile.Format(truth.Close));
        }
    }

    /// <summary>Puts all files in their places.</summary>
    public IReadOnlyList<WrittenFile> Finish() =>
        [.. new[] { _accounts, _leads, _attributes, _touches, _transitions, _outcomes, _truth }.Select(file => file.Finish())];

    public void Dispose()
    {
        foreach (CsvFile file in new[] { _accounts, _leads, _attributes, _touches, _transitions, _outcomes, _truth })
        {
            file.Dispose();
        }
    }

    private static IEnumerable<T> Kept<T>(IReadOnlyList<T> rows)
        where T : HistoryRow =>
        rows.Where(row => row.OccurredAt < SimulationCalendar.End && row.RecordedAt < SimulationCalendar.End);

    private static string? Properties(Touch touch) => touch.Properties.Count == 0
        ? null
        : JsonSerializer.Serialize(touch.Properties.ToDictionary(property => property.Key, property => property.Value.Text));

    private void WriteTouch(Touch touch)
    {
        string? properties = Properties(touch);
        _touches.Write(touch.Id, touch.LeadId, touch.Type, CsvFile.Format(touch.OccurredAt), CsvFile.Format(touch.RecordedAt), properties);
        DateTimeOffset again = touch.RecordedAt.AddSeconds(_repeats.Whole(5, 7200));
        if (_repeats.Chance(0.01) && again < SimulationCalendar.End)
        {
            _touches.Write(touch.Id, touch.LeadId, touch.Type, CsvFile.Format(touch.OccurredAt), CsvFile.Format(again), properties);
            RepeatedTouches++;
        }
    }

    private void Repeatedly(double chance, Action write)
    {
        write();
        if (_repeats.Chance(chance))
        {
            write();
        }
    }
}
