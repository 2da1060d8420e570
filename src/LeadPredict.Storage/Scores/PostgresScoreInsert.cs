using LeadPredict.Funnel.Time;
using Npgsql;
using NpgsqlTypes;

namespace LeadPredict.Storage.Scores;

/// <summary>Adds rows of the score log by COPY: one message for many rows, where statements wait for the server row by row.</summary>
internal static class PostgresScoreInsert
{
    private const string Statement =
        "COPY score_log (at, lead_id, as_of, model, version, hash, role, origin, fingerprint, stage, score, grade, points, p_sql, p_close_given_sql, "
        + "p_close, next_stage, next_action, answer) FROM STDIN (FORMAT BINARY)";

    /// <summary>Adds rows in the transaction that the connection is in.</summary>
    public static async Task<int> RunAsync(NpgsqlConnection connection, IReadOnlyList<LoggedScore> scores, CancellationToken ct)
    {
        await using NpgsqlBinaryImporter import = await connection.BeginBinaryImportAsync(Statement, ct).ConfigureAwait(false);
        foreach (LoggedScore score in scores)
        {
            await import.StartRowAsync(ct).ConfigureAwait(false);
            await NumberAsync(UtcTime.ToMicroseconds(score.At)).ConfigureAwait(false);
            await TextAsync(score.LeadId).ConfigureAwait(false);
            await NumberAsync(UtcTime.ToMicroseconds(score.AsOf)).ConfigureAwait(false);
            await TextAsync(score.Model).ConfigureAwait(false);
            await NumberAsync(score.Version).ConfigureAwait(false);
            await TextAsync(score.Hash).ConfigureAwait(false);
            await TextAsync(score.Role).ConfigureAwait(false);
            await TextAsync(score.Origin).ConfigureAwait(false);
            await TextAsync(score.Fingerprint).ConfigureAwait(false);
            await TextAsync(score.Stage).ConfigureAwait(false);
            await NumberAsync(score.Score).ConfigureAwait(false);
            await TextAsync(score.Grade).ConfigureAwait(false);
            await RealAsync(score.Points).ConfigureAwait(false);
            await RealAsync(score.Sql).ConfigureAwait(false);
            await RealAsync(score.CloseGivenSql).ConfigureAwait(false);
            await RealAsync(score.Close).ConfigureAwait(false);
            await TextAsync(score.NextStage).ConfigureAwait(false);
            await TextAsync(score.NextAction).ConfigureAwait(false);
            await TextAsync(score.Answer).ConfigureAwait(false);
        }

        await import.CompleteAsync(ct).ConfigureAwait(false);
        return scores.Count;

        Task NumberAsync(long number) => import.WriteAsync(number, NpgsqlDbType.Bigint, ct);
        Task TextAsync(string? text) => text is null ? import.WriteNullAsync(ct) : import.WriteAsync(text, NpgsqlDbType.Text, ct);
        Task RealAsync(double? number) => number is { } known ? import.WriteAsync(known, NpgsqlDbType.Double, ct) : import.WriteNullAsync(ct);
    }
}
