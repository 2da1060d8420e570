using System.Data.Common;
using Dapper;

namespace LeadPredict.Storage.Merges;

/// <summary>The merges that are not undone, and what each is read as in the end.</summary>
internal sealed class OpenMerges
{
    private readonly List<(long Id, MergeKind Kind, string Merged, string Root)> _rows = [];
    private readonly Dictionary<(MergeKind, string), string> _kept = [];

    public static async Task<OpenMerges> ReadAsync(DbConnection connection, DbTransaction transaction)
    {
        var open = new OpenMerges();
        foreach ((long id, string kind, string kept, string merged, string root) in await connection.QueryAsync<(long, string, string, string, string)>(
            "SELECT id, kind, kept, merged, root FROM merges WHERE undone_at IS NULL ORDER BY id", transaction: transaction).ConfigureAwait(false))
        {
            MergeKind read = Enum.Parse<MergeKind>(kind, ignoreCase: true);
            open._rows.Add((id, read, merged, root));
            open.Add(read, merged, kept);
        }

        return open;
    }

    public void Add(MergeKind kind, string merged, string kept) => _kept.Add((kind, merged), kept);

    /// <summary>What this one is read as by a merge of its own, or null.</summary>
    public string? KeptOf(MergeKind kind, string merged) => _kept.GetValueOrDefault((kind, merged));

    /// <summary>What it is read as in the end.</summary>
    public string Root(MergeKind kind, string name) => Way(kind, name).Last();

    /// <summary>The name itself, and what it is read as step by step.</summary>
    public IEnumerable<string> Way(MergeKind kind, string name)
    {
        yield return name;

        // Never longer than there are merges, even if a store held two that are read as each other.
        for (int steps = 0; steps < _kept.Count && _kept.TryGetValue((kind, name), out string? next); steps++)
        {
            name = next;
            yield return name;
        }
    }

    /// <summary>The merges that lead to something else than their rows say.</summary>
    public IEnumerable<object> MovedRoots() => _rows.Select(row => (row.Id, row.Root, Now: Root(row.Kind, row.Merged)))
        .Where(row => row.Root != row.Now).Select(row => (object)new { row.Id, Root = row.Now });

    public static string Word(MergeKind kind) => kind.ToString().ToLowerInvariant();
}
