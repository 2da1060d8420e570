internal static class ScoreManyLeads
{
    internal static async Task Main(string[] args)
    {
        DateTimeOffset asOf = DateTimeOffset.Parse(args[2], CultureInfo.InvariantCulture);
        var shared = new CompiledModel(new ModelRepository(args[0]).Load(ModelReference.Parse("leads@champion")));
        await using IHistoryStore store = await HistoryStores.OpenAsync(args[1], create: false);
        await foreach (AccountHistory[] accounts in store.ReadAccountsAsync().Chunk(1000))
        {
            (AccountHistory Account, LeadHistory Lead)[] known =
                [.. accounts.SelectMany(account => account.Leads, (account, lead) => (account, lead)).Where(row => row.lead.Lead.KnownAt < asOf)];
            var close = new double[known.Length];
            Parallel.For(
                0,
                known.Length,
                () => new LeadScorer(new PredictionEngine(shared)),
                (i, _, scorer) =>
                {
                    ScoreSheet sheet = scorer.Fill(known[i].Account, known[i].Lead, asOf, reasons: false);
                    close[i] = sheet.Probabilities.Close?.Value ?? double.NaN;
                    return scorer;
                },
                _ => { });
            for (int i = 0; i < known.Length; i++)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{known[i].Lead.Lead.Id},{close[i]}"));
            }
        }
    }
}
