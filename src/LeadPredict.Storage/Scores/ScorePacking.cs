using System.Buffers.Binary;
using System.Numerics;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Spool;

namespace LeadPredict.Storage.Scores;

/// <summary>Scores as the bytes in which they wait in a file.</summary>
internal static class ScorePacking
{
    /// <summary>Adds a score to a page.</summary>
    public static void Write(PackedRow row, LoggedScore score)
    {
        row.Number(UtcTime.ToMicroseconds(score.At));
        row.Text(score.LeadId);
        row.Number(UtcTime.ToMicroseconds(score.AsOf));
        row.Text(score.Model);
        row.Number((long)score.Version);
        row.Text(score.Hash);
        row.Text(score.Role);
        row.Text(score.Origin);
        row.Text(score.Fingerprint);
        row.Text(score.Stage);
        row.Number((long)score.StoredScore);
        row.Text(score.StoredGrade);
        Number(row, score.Points);
        Number(row, score.Sql);
        Number(row, score.CloseGivenSql);
        Number(row, score.Close);
        row.Text(score.NextStage);
        row.Text(score.NextAction);
        row.Text(CellText.Of(score.AnswerUtf8.Span));
    }

    /// <summary>All scores of a page. Their answers lie in its bytes.</summary>
    public static void Read(ReadOnlyMemory<byte> page, List<LoggedScore> into)
    {
        var reader = new PackedReader(page.Span);
        while (reader.Left > 0)
        {
            into.Add(new LoggedScore
            {
                At = UtcTime.FromMicroseconds(reader.Signed()),
                LeadId = reader.Text()!,
                AsOf = UtcTime.FromMicroseconds(reader.Signed()),
                Model = reader.Text()!,
                Version = (int)reader.Signed(),
                Hash = reader.Text()!,
                Role = reader.Text()!,
                Origin = reader.Text()!,
                Fingerprint = reader.Text()!,
                Stage = reader.Text()!,
                Score = (int)reader.Signed(),
                Grade = reader.Text()!,
                Points = Number(ref reader),
                Sql = Number(ref reader),
                CloseGivenSql = Number(ref reader),
                Close = Number(ref reader),
                NextStage = reader.Text()!,
                NextAction = reader.Text()!,
                AnswerUtf8 = Bytes(ref reader, page),
            }.AsGiven());
        }
    }

    /// <summary>CRC-32C of a page and of how many scores it says to hold.</summary>
    public static uint Checksum(int scores, ReadOnlySpan<byte> page)
    {
        uint sum = BitOperations.Crc32C(uint.MaxValue, (uint)scores);
        for (; page.Length >= sizeof(ulong); page = page[sizeof(ulong)..])
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(page));
        }

        foreach (byte rest in page)
        {
            sum = BitOperations.Crc32C(sum, rest);
        }

        return ~sum;
    }

    private static void Number(PackedRow row, double? value)
    {
        row.Number(value is null ? 0UL : 1UL);
        if (value is { } known)
        {
            row.Number(known);
        }
    }

    private static double? Number(ref PackedReader reader) => reader.Unsigned() == 0 ? null : reader.Double();

    private static ReadOnlyMemory<byte> Bytes(ref PackedReader reader, ReadOnlyMemory<byte> page)
    {
        int length = (int)reader.Unsigned() - 1;
        int at = page.Length - reader.Left;
        reader.Take(length);
        return page.Slice(at, length);
    }
}
