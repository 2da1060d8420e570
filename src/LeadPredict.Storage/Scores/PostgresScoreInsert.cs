using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Postgres;
using Npgsql;

namespace LeadPredict.Storage.Scores;

/// <summary>Adds rows of the score log by COPY: one message for many rows, where statements wait for the server row by row.</summary>
internal static class PostgresScoreInsert
{
    private const string Statement = "COPY score_log (" + LoggedScoreRow.Added + ") FROM STDIN (FORMAT BINARY)";

    /// <summary>Adds rows in the transaction that the connection is in.</summary>
    public static async Task<int> RunAsync(NpgsqlConnection connection, IReadOnlyList<LoggedScore> scores, CancellationToken ct)
    {
        NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(Statement, ct).ConfigureAwait(false);
        await using var _ = copy.ConfigureAwait(false);
        var columns = new CopiedColumns(copy);
        foreach (LoggedScore score in scores)
        {
            await copy.StartRowAsync(ct).ConfigureAwait(false);
            Write(columns, score);
        }

        await copy.CompleteAsync(ct).ConfigureAwait(false);
        return scores.Count;
    }

    private static void Write(CopiedColumns columns, LoggedScore score)
    {
        columns.Integer(UtcTime.ToMicroseconds(score.At));
        columns.Text(score.LeadId);
        columns.Integer(UtcTime.ToMicroseconds(score.AsOf));
        columns.Text(score.Model);
        columns.Integer(score.Version);
        columns.Text(score.Hash);
        columns.Text(score.Role);
        columns.Text(score.Origin);
        columns.Text(score.Fingerprint);
        columns.Text(score.Stage);
        columns.Integer(score.StoredScore);
        columns.Text(score.StoredGrade);
        columns.Double(score.Points);
        columns.Double(score.Sql);
        columns.Double(score.CloseGivenSql);
        columns.Double(score.Close);
        columns.Text(score.NextStage);
        columns.Text(score.NextAction);
        columns.Text(score.Answer);
    }
}
