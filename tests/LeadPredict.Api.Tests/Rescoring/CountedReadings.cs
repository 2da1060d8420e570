using System.Reflection;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;

namespace LeadPredict.Api.Tests.Rescoring;

/// <summary>A store that counts how often an account is read, and fails or does something where it is told to.</summary>
public class CountedReadings : DispatchProxy
{
    private IHistoryStore _store = null!;

    public int Count { get; private set; }

    /// <summary>By leads, what is thrown when their account is read.</summary>
    public Dictionary<string, Exception> Faults { get; } = [];

    /// <summary>What is done once, when an account has been read the next time.</summary>
    public Func<Task>? After { get; set; }

    /// <summary>So many readings go well before the faults begin.</summary>
    public int GoodOnes { get; set; }

    public static (IHistoryStore Store, CountedReadings Readings) Of(IHistoryStore store)
    {
        IHistoryStore counting = Create<IHistoryStore, CountedReadings>();
        var readings = (CountedReadings)counting;
        readings._store = store;
        return (counting, readings);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        bool reading = targetMethod!.Name == nameof(IHistoryStore.FindAccountOfLeadAsync);
        Count += reading ? 1 : 0;
        if (reading && Count > GoodOnes && Faults.TryGetValue((string)args![0]!, out Exception? fault))
        {
            return Task.FromException<AccountHistory?>(fault);
        }

        object? answer = targetMethod.Invoke(_store, args);
        return reading && After is { } after ? ThenAsync((Task<AccountHistory?>)answer!, after) : answer;
    }

    private async Task<AccountHistory?> ThenAsync(Task<AccountHistory?> answer, Func<Task> after)
    {
        After = null;
        AccountHistory? account = await answer;
        await after();
        return account;
    }
}
