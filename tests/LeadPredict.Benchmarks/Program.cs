using BenchmarkDotNet.Running;
using LeadPredict.Benchmarks;
using LeadPredict.Benchmarks.Peers;

// "peers" compares with XGBoost and scikit-learn on one file in one run; anything else goes to BenchmarkDotNet, for example --filter '*'.
if (args is ["peers", .. string[] rest])
{
    return PeersCommand.Run(rest);
}

// "small-data" measures what is learnt from a few dozen positives.
if (args is ["small-data", .. string[] small])
{
    return await SmallDataCommand.RunAsync(small);
}

BenchmarkSwitcher.FromAssembly(typeof(PeersCommand).Assembly).Run(args);
return 0;
