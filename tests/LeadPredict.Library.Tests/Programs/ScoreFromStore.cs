internal static class ScoreFromStore
{
    internal static async Task Main(string[] args)
    {
        using var pool = new PredictionEnginePool(new ModelRepository(args[0]), TimeProvider.System);
        pool.Add("leads", ModelReference.Parse("leads@champion"));
        await using IHistoryStore store = await HistoryStores.OpenAsync(args[1], create: true);

        Lead c7 = new() { Id = "c7", AccountId = "acme", Source = "webinar", CreatedAt = May(1), RecordedAt = May(1) };
        AppendResult kept = await store.AppendAsync(new()
        {
            Accounts = [new() { Id = "acme", Domain = "acme.example", CreatedAt = May(1), RecordedAt = May(1) }],
            Leads = [c7],
            Attributes = [c7.Initially("industry", AttributeValue.Of("software"))],
            Transitions = [new() { Id = "s7", LeadId = "c7", To = Stage.MarketingQualified, OccurredAt = May(3), RecordedAt = May(4) }],
        });
        Console.WriteLine($"{kept.Total.Added} rows added, {kept.Total.AlreadyKnown} known already");

        AccountHistory account = await store.FindAccountOfLeadAsync("c7") ?? throw new KeyNotFoundException("c7");
        LeadHistory lead = account.Find("c7")!;
        using PredictionEngineLease lease = pool.Rent("leads");
        foreach (int day in new[] { 4, 5 })
        {
            Snapshot snapshot = Snapshot.Take(account, lead, asOf: May(day));
            ChainPrediction chances = lease.Engine.Predict(snapshot);
            Console.WriteLine($"May {day}: {snapshot.Stage}, {snapshot.LeftOut} rows not known yet, P(close) {chances.Close?.Value}");
        }

        Console.WriteLine(new LeadScorer(lease.Engine).Score(account, lead, asOf: May(5)).Next.Action);
    }

    private static DateTimeOffset May(int day) => new(2025, 5, day, 8, 0, 0, TimeSpan.Zero);
}
