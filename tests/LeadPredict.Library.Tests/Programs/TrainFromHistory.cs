internal static class TrainFromHistory
{
    internal static async Task Main(string[] args)
    {
        await using IHistoryStore store = await HistoryStores.OpenAsync(args[0], create: false);
        var host = new ConsoleHost(TextWriter.Null, Console.Error, TimeProvider.System);
        var options = new HistoryTrainingOptions
        {
            Name = "leads",
            Trainer = new() { Learner = "trees", Seed = 7 },
            CloseHorizon = TimeSpan.FromDays(120),
        };
        PublishedModel published = await new HistoryTrainer(store, host).PublishAsync(args[1], options);
        await published.PromoteAsync();
        foreach (string line in published.Lines)
        {
            Console.WriteLine(line);
        }
    }
}
