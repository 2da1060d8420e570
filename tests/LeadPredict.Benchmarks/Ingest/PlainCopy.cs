using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage;
using Npgsql;
using NpgsqlTypes;

namespace LeadPredict.Benchmarks.Ingest;

/// <summary>The yardstick: binary COPY straight into the table with all its indexes and references, which fails at the first row that is known.</summary>
internal static class PlainCopy
{
    private const string Statement = "COPY leadpredict.touches (lead_id, id, type, occurred_at, recorded_at, properties) FROM STDIN (FORMAT BINARY)";

    public static async Task WriteAsync(NpgsqlConnection connection, HistoryBatch batch)
    {
        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(Statement);
        foreach (Touch touch in batch.Touches)
        {
            await copy.StartRowAsync();
            copy.Write(touch.LeadId, NpgsqlDbType.Text);
            copy.Write(touch.Id, NpgsqlDbType.Text);
            copy.Write(touch.Type, NpgsqlDbType.Text);
            copy.Write(UtcTime.ToMicroseconds(touch.OccurredAt), NpgsqlDbType.Bigint);
            copy.Write(UtcTime.ToMicroseconds(touch.RecordedAt), NpgsqlDbType.Bigint);
            if (touch.Properties.Count == 0)
            {
                copy.WriteNull();
            }
            else
            {
                copy.Write(System.Text.Json.JsonSerializer.Serialize(touch.Properties.ToDictionary(
                    property => property.Key,
                    property => property.Value.Text is { } text ? (object)text : property.Value.Number)), NpgsqlDbType.Json);
            }
        }

        await copy.CompleteAsync();
    }
}
