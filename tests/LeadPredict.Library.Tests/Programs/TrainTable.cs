internal static class TrainTable
{
    internal static async Task Main(string[] args)
    {
        var host = new ConsoleHost(TextWriter.Null, Console.Error, TimeProvider.System);
        var options = new TableTrainingOptions { Table = args[0], Label = "won", Name = "deals", Trainer = new() { Seed = 7 } };
        PublishedModel published = await new TableTrainer(host).PublishAsync(args[1], options);

        using var engine = new PredictionEngine(published.Repository.Load(published.Name, published.Version));
        TableBinding binding = engine.Compiled.Extractor.Bind(["plan", "seats"]);
        string?[] cells = new string?[2];
        foreach (string row in new[] { "pro,40", "free,", "basic,3" })
        {
            row.Split(',').CopyTo(cells, 0);
            Console.WriteLine($"{row}: {engine.PredictRow(cells, binding).Final.Value}");
        }
    }
}
