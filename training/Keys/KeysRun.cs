using LeadPredict.Storage.Keys;
using LeadPredict.Storage.Operations;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Keys;

/// <summary>Opens the store for a command on its keys, and writes down what it changed.</summary>
internal static class KeysRun
{
    /// <summary>Does the work; what it returns (action and subject, or null when nothing was changed) goes to the audit.</summary>
    public static async Task WithAsync(
        string store, bool create, ConsoleHost host, Func<IAccessKeys, Task<(string Action, string Subject)?>> work, CancellationToken cancellation)
    {
        await using OperationsStore operations = await OperationsStore.OpenAsync(store, create, cancellation);
        if (await work(operations.Keys) is var (action, subject))
        {
            await operations.Audit.AppendAsync(new(host.Time.GetUtcNow(), "console", action, subject, "done"), CancellationToken.None);
        }
    }
}
