using BenchmarkDotNet.Running;
using LeadPredict.Benchmarks.Peers;

// "peers" compares with XGBoost and scikit-learn on one file in one run; anything else goes to BenchmarkDotNet, for example --filter '*'.
if (args is ["peers", .. string[] rest])
{
    return PeersCommand.Run(rest);
}

BenchmarkSwitcher.FromAssembly(typeof(PeersCommand).Assembly).Run(args);
return 0;
