using Dapper;
using LeadPredict.Storage.Rows;
using LeadPredict.Storage.Spool;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Sqlite;

/// <summary>Reads the whole history for a spool: leads in order, then each table as it lies in the file.</summary>
internal static class SqliteSpooling
{
    public static HistorySpool Read(SqliteConnection connection, SqliteTransaction view, long now, CancellationToken ct)
    {
        var spool = new SpoolWriter(now);
        try
        {
            Dictionary<long, int> places = [];
            spool.SawRecorded(connection.ExecuteScalar<long>(LastRecorded.Beside, new { now }, transaction: view));
            spool.SawDecisions(connection.Query<long>(LastRecorded.Decisions, transaction: view));
            foreach (StoredLead lead in connection.Query<StoredLead>(SqliteStatements.Whole[0], transaction: view, buffered: false))
            {
                places.Add(lead.LeadKey, spool.AddLead(lead));
            }

            ReadTables(connection, view, spool, places, ct);
            return spool.ToSpool();
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    private static void ReadTables(
        SqliteConnection connection, SqliteTransaction view, SpoolWriter spool, Dictionary<long, int> places, CancellationToken ct)
    {
        void Read(SpoolTables table, string columns, Action<SpoolRows, SqliteDataReader, int> add)
        {
            SpoolRows rowsOf = spool.Begin(table);
            using SqliteCommand command = connection.CreateCommand();
            command.Transaction = view;
            command.CommandText = $"SELECT lead_key, occurred_at, recorded_at, {columns} FROM {table.ToString().ToLowerInvariant()}";
            using SqliteDataReader rows = command.ExecuteReader();
            while (rows.Read())
            {
                ct.ThrowIfCancellationRequested();
                add(rowsOf, rows, places[rows.GetInt64(0)]);
            }
        }

        Read(SpoolTables.Touches, "id, type, properties", (table, row, lead) =>
            table.AddTouch(lead, Text(row, 3), Text(row, 4), row.GetInt64(1), row.GetInt64(2), Text(row, 5)));
        Read(SpoolTables.Attributes, "name, kind, text, number", (table, row, lead) =>
            table.AddAttribute(lead, Text(row, 3), row.GetInt64(1), row.GetInt64(2), row.GetInt32(4), Text(row, 5), row.IsDBNull(6) ? null : row.GetDouble(6)));
        Read(SpoolTables.Transitions, "id, stage, actor, reason", (table, row, lead) =>
            table.AddTransition(lead, Text(row, 3), Text(row, 4), row.GetInt64(1), row.GetInt64(2), Text(row, 5), Text(row, 6)));
        Read(SpoolTables.Outcomes, "id, won, amount, currency", (table, row, lead) =>
            table.AddOutcome(lead, Text(row, 3), row.GetBoolean(4), Text(row, 5), Text(row, 6), row.GetInt64(1), row.GetInt64(2)));
    }

    private static CellText Text(SqliteDataReader row, int column) => CellText.Of(row.IsDBNull(column) ? null : row.GetString(column));
}
