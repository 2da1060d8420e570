using BenchmarkDotNet.Running;
using LeadPredict.Benchmarks;
using LeadPredict.Benchmarks.History;
using LeadPredict.Benchmarks.Http;
using LeadPredict.Benchmarks.Ingest;
using LeadPredict.Benchmarks.Pages;
using LeadPredict.Benchmarks.Peers;
using LeadPredict.Benchmarks.Tables;

// "peers" compares with XGBoost and scikit-learn on one file in one run, "http" the service with a bare endpoint, "ingest" the stores with plain COPY, "score-log" how fast they take scores, "pages" how long pages take, "small-data" measures what is
// learnt from a few dozen positives, "tables" from tables of many kinds beside peers; anything else goes to BenchmarkDotNet, for example --filter '*'.
switch (args)
{
    case ["peers", .. string[] rest]:
        return PeersCommand.Run(rest);
    case ["http", .. string[] rest]:
        return await HttpCommand.RunAsync(rest);
    case ["score-parts", .. string[] rest]:
        return ScorePartsCommand.Run(rest);
    case ["ingest", .. string[] rest]:
        return await IngestCommand.RunAsync(rest);
    case ["score-log"]:
        return await ScoreLogCommand.RunAsync();
    case ["history", .. string[] rest]:
        return await HistoryCommand.RunAsync(rest);
    case ["pages", .. string[] rest]:
        return await PagesCommand.RunAsync(rest);
    case ["training-set", .. string[] rest]:
        return await TrainingSetCommand.RunAsync(rest);
    case ["tables", .. string[] rest]:
        return await TablesCommand.RunAsync(rest);
    case ["small-data", .. string[] rest]:
        return await SmallDataCommand.RunAsync(rest);
#if MLNET
    case ["mlnet-pool"]:
        return await LeadPredict.Benchmarks.MLNet.PoolCommand.RunAsync();
#endif
    default:
        BenchmarkSwitcher.FromAssembly(typeof(PeersCommand).Assembly).Run(args);
        return 0;
}
