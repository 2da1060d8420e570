namespace LeadPredict.Storage.Tests.Contract;

/// <summary>A store that is tested, and the ways around it.</summary>
public abstract class TestedStore : IDisposable
{
    /// <summary>Opens an empty store.</summary>
    public abstract Task<IHistoryStore> OpenEmptyAsync();

    /// <summary>Tables and columns as the database itself lists them.</summary>
    public abstract Task<string> SchemaAsync();

    /// <summary>The store's tables.</summary>
    public abstract Task<IReadOnlyList<string>> TablesAsync();

    /// <summary>Every row of every table as text, and what else a reader of the disk would find.</summary>
    public abstract Task<string> EverythingAsync();

    /// <summary>Runs a statement as an administrator would.</summary>
    public abstract Task RunAsync(string statement);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
