using System.Runtime.CompilerServices;
using LeadPredict.Storage.Errors;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Sqlite;

/// <summary>Turns what SQLite throws for reasons outside the program (a full disk, a lock that is never let go) into refusals.</summary>
internal static class SqliteFaults
{
    /// <summary>SQLite's code for a file whose first page is none of its own.</summary>
    public const int NotADatabase = 26;

    /// <summary>Does the work, and throws the refusal where there is one for its fault.</summary>
    /// <exception cref="StoreFileException">The file cannot be used now.</exception>
    public static async Task<T> GuardAsync<T>(string file, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (SqliteException fault) when (Problem(fault) is { } problem)
        {
            throw new StoreFileException(file, problem, fault);
        }
    }

    /// <inheritdoc cref="GuardAsync{T}(string, Func{Task{T}})"/>
    public static T Guard<T>(string file, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException fault) when (Problem(fault) is { } problem)
        {
            throw new StoreFileException(file, problem, fault);
        }
    }

    /// <summary>The same of a stream, from opening what it reads to its last row.</summary>
    /// <exception cref="StoreFileException">The file cannot be used now.</exception>
    public static async IAsyncEnumerable<T> GuardAsync<T>(string file, IAsyncEnumerable<T> rows, [EnumeratorCancellation] CancellationToken ct = default)
    {
        IAsyncEnumerator<T> each = rows.GetAsyncEnumerator(ct);
        await using var ending = each.ConfigureAwait(false);
        Func<Task<bool>> next = () => each.MoveNextAsync().AsTask();
        while (await GuardAsync(file, next).ConfigureAwait(false))
        {
            yield return each.Current;
        }
    }

    // The primary codes of https://www.sqlite.org/rescode.html.
    private static string? Problem(SqliteException fault) => fault.SqliteErrorCode switch
    {
        5 or 6 => "another program has held it locked for too long",
        8 => "it, or its folder, cannot be written; look at the rights of both",
        10 => "the disk failed to read or write it",
        11 or NotADatabase => "it is damaged; restore a backup",
        13 => "the disk is full",
        14 => "it cannot be opened; look at the folder's rights and whether it is still there",
        _ => null,
    };
}
