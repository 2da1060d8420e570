using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using LeadPredict.Funnel.Time;

namespace LeadPredict.Storage.Boards;

/// <summary>Statements about the call list that both databases understand. Values come in as parameters only.</summary>
internal static class CallRows
{
    /// <summary>The value of a row that promises nothing: behind those of all others, be their deals refunds.</summary>
    private const double Unpromised = -1e300;

    /// <summary>The condition on rows that promise something.</summary>
    public static readonly string Promised = string.Create(CultureInfo.InvariantCulture, $"value > {Unpromised:E0}");

    /// <summary>Rows of one statement: PostgreSQL is far away, so many; SQLite looks each parameter up among all of a statement's, so few.</summary>
    private static int AtOnce(bool postgres) => postgres ? 200 : 8;

    private static readonly (string Name, DbType Type)[] Columns =
    [
        ("lead_id", DbType.String), ("stage", DbType.String), ("source", DbType.String), ("owner", DbType.String), ("grade", DbType.String), ("agreement", DbType.String),
        ("sought", DbType.String), ("value", DbType.Double), ("worth", DbType.Double), ("probability", DbType.Double), ("points", DbType.Double),
        ("stage_since", DbType.Int64), ("call_due", DbType.Int64),
    ];

    private static readonly (string Name, DbType Type)[] TextColumns = [("lead_id", DbType.String), ("content", DbType.String)];

    public static async Task InsertAsync(DbConnection connection, DbTransaction transaction, bool postgres, IReadOnlyList<KeptCall> calls, CancellationToken ct)
    {
        foreach (KeptCall[] some in calls.Chunk(AtOnce(postgres)))
        {
            await InsertAsync(connection, transaction, "call_list", Columns, [.. some.Select(Values)], ct).ConfigureAwait(false);
            await InsertAsync(connection, transaction, "call_texts", TextColumns, [.. some.Select(call => new object?[] { call.LeadId, call.Content })], ct).ConfigureAwait(false);
        }
    }

    public static (string Where, DynamicParameters Values) Where(CallFilter filter)
    {
        List<string> terms = [];
        var values = new DynamicParameters();
        foreach ((string column, string? value) in new[]
        {
            ("stage", filter.Stage), ("source", filter.Source), ("owner", filter.Owner), ("grade", filter.Grade), ("agreement", filter.Agreement),
        })
        {
            if (value is not null)
            {
                terms.Add($"{column} = @{column}");
                values.Add(column, value);
            }
        }

        if (filter.Find is { } find)
        {
            terms.Add("sought LIKE @sought ESCAPE '!'");
            values.Add("sought", $"%{Lower(find).Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%");
        }

        return (terms.Count == 0 ? "" : " WHERE " + string.Join(" AND ", terms), values);
    }

    public static string Order(CallOrder order, string of = "") => (order switch
    {
        CallOrder.Worth => $"{of}value DESC, {of}probability DESC, ",
        CallOrder.Probability => $"{of}probability DESC, ",
        CallOrder.Points => $"{of}points IS NULL, {of}points DESC, ",
        CallOrder.Due => $"{of}call_due IS NULL, {of}call_due, ",
        CallOrder.Waiting => $"{of}stage_since, ",
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "no order"),
    }) + of + "lead_id";

    private static object?[] Values(KeptCall call) =>
    [
        call.LeadId, call.Stage, call.Source, call.Owner, call.Grade, call.Agreement, Lower(call.Sought), call.IsPromise ? call.Worth ?? call.Probability : Unpromised, call.Worth, call.Probability,
        call.Points, UtcTime.ToMicroseconds(call.StageSince), UtcTime.ToMicroseconds(call.CallDue),
    ];

    private static string Lower(string text) => text.ToLowerInvariant();

    private static Task<int> InsertAsync(DbConnection connection, DbTransaction transaction, string table, (string Name, DbType Type)[] columns, object?[][] rows, CancellationToken ct)
    {
        var values = new DynamicParameters();
        var text = new StringBuilder($"INSERT INTO {table} ({string.Join(", ", columns.Select(column => column.Name))}) VALUES ");
        for (int row = 0; row < rows.Length; row++)
        {
            text.Append(row == 0 ? "(" : ", (");
            for (int column = 0; column < columns.Length; column++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"r{row}_{column}");
                text.Append(column == 0 ? "@" : ", @").Append(name);
                values.Add(name, rows[row][column], columns[column].Type);
            }

            text.Append(')');
        }

        return connection.ExecuteAsync(new(text.Append(" ON CONFLICT DO NOTHING").ToString(), values, transaction, cancellationToken: ct));
    }
}
