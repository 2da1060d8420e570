using BenchmarkDotNet.Running;
using LeadPredict.Benchmarks.Ingest;
using LeadPredict.Benchmarks.Peers;

// "peers" compares with XGBoost and scikit-learn on one file in one run, "ingest" the stores with plain COPY; anything else goes to BenchmarkDotNet, for example --filter '*'.
if (args is ["peers", .. string[] rest])
{
    return PeersCommand.Run(rest);
}

if (args is ["ingest", .. string[] how])
{
    return await IngestCommand.RunAsync(how);
}

BenchmarkSwitcher.FromAssembly(typeof(PeersCommand).Assembly).Run(args);
return 0;
