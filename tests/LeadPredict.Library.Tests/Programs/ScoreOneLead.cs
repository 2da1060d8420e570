internal static class ScoreOneLead
{
    internal static void Main(string[] args)
    {
        ModelArtifact model = new ModelRepository(args[0]).Load(ModelReference.Parse("leads@champion"));
        using var engine = new PredictionEngine(model);

        Lead b1 = new() { Id = "b1", Source = "organic_search", CreatedAt = May(1), RecordedAt = May(1) };
        var lead = new LeadHistory(
            b1,
            touches: [new() { Id = "t1", LeadId = "b1", Type = "demo_request", OccurredAt = May(20), RecordedAt = May(20) }],
            attributes: [b1.Initially("jobTitle", AttributeValue.Of("VP Marketing")), b1.Initially("employees", AttributeValue.Of(250))],
            transitions: [new() { Id = "s1", LeadId = "b1", To = Stage.MarketingQualified, OccurredAt = May(21), RecordedAt = May(21) }]);

        LeadScore score = new LeadScorer(engine).Score(new AccountHistory(null, [lead]), lead, asOf: May(31));
        if (score.Probabilities is { Sql: { } sql, Close: { } close })
        {
            Console.WriteLine($"{score.Model.Name}@{score.Model.Version}: P(SQL) {sql.Value} ({sql.Low} to {sql.High}), P(close) {close.Value}");
        }

        foreach (ScoreReason reason in score.Reasons)
        {
            Console.WriteLine($"{reason.Contribution} {reason.Text}");
        }

        foreach (ScorecardPoint item in score.Scorecard?.Items ?? [])
        {
            Console.WriteLine($"{item.Points} points: {item.Because}");
        }
    }

    private static DateTimeOffset May(int day) => new(2025, 5, day, 8, 0, 0, TimeSpan.Zero);
}
