using LeadPredict.Funnel.Stages;
using LeadPredict.Training.Simulate;

namespace LeadPredict.Training.Tests.Simulate;

/// <summary>One simulation in memory that several tests look at, with what became of every MQL episode.</summary>
public sealed class SimulatedMarket
{
    internal const int LeadCount = 6000;

    internal IReadOnlyList<SimulatedAccount> Accounts { get; } = [.. FunnelSimulation.Run(new SimulationOptions(LeadCount, 11))];

    internal IEnumerable<SimulatedLead> Leads => Accounts.SelectMany(account => account.Leads);

    /// <summary>The episodes whose horizons were over at the end, with what came of them.</summary>
    internal IEnumerable<(MqlTruth Truth, bool Sql, bool Won)> Decided(int qualifyDays, int closeDays) =>
        from account in Accounts
        from truth in account.Truths
        where truth.AsOf.AddDays(qualifyDays + closeDays) <= SimulationCalendar.End
        let lead = account.Leads.Single(one => one.Id == truth.LeadId)
        let sql = SqlEntry(lead, truth.AsOf, qualifyDays)
        let won = sql is { } entry && lead.Transitions.Any(
            move => move.To == Stage.Won && move.OccurredAt >= entry && move.OccurredAt < entry.AddDays(closeDays))
        select (truth, sql is not null, won);

    private static DateTimeOffset? SqlEntry(SimulatedLead lead, DateTimeOffset asOf, int days) => lead.Transitions
        .Where(move => move.To == Stage.SalesQualified && move.OccurredAt >= asOf && move.OccurredAt < asOf.AddDays(days))
        .Select(move => (DateTimeOffset?)move.OccurredAt)
        .Min();
}
