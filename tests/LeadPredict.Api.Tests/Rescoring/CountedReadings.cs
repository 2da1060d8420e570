using System.Reflection;
using LeadPredict.Storage;

namespace LeadPredict.Api.Tests.Rescoring;

/// <summary>A store that counts how often an account is read.</summary>
public class CountedReadings : DispatchProxy
{
    private IHistoryStore _store = null!;

    public int Count { get; private set; }

    public static (IHistoryStore Store, CountedReadings Readings) Of(IHistoryStore store)
    {
        IHistoryStore counting = Create<IHistoryStore, CountedReadings>();
        var readings = (CountedReadings)counting;
        readings._store = store;
        return (counting, readings);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Count += targetMethod!.Name == nameof(IHistoryStore.FindAccountOfLeadAsync) ? 1 : 0;
        return targetMethod.Invoke(_store, args);
    }
}
