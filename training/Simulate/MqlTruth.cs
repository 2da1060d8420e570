namespace LeadPredict.Training.Simulate;

/// <summary>The true probabilities of one MQL episode, at the instant it was known to be open.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Episode">Which of the lead's MQL episodes, from 1.</param>
/// <param name="AsOf">One millisecond after the later clock of the transition that opened it.</param>
/// <param name="Sql">P(SQL) within any horizon of 60 to 90 days.</param>
/// <param name="CloseGivenSql">P(won | SQL) within any horizon of 120 to 180 days after the SQL entry.</param>
internal sealed record MqlTruth(string LeadId, int Episode, DateTimeOffset AsOf, double Sql, double CloseGivenSql)
{
    /// <summary>P(SQL and won): the product, since the two draws share nothing but the snapshot.</summary>
    public double Close => Sql * CloseGivenSql;
}
