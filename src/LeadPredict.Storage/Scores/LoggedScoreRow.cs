using LeadPredict.Funnel.Time;

namespace LeadPredict.Storage.Scores;

/// <summary>What stands in the table, column for column.</summary>
internal sealed class LoggedScoreRow
{
    public const string Columns =
        "id, at, lead_id AS LeadId, as_of AS AsOf, model, version, hash, role, origin, fingerprint, stage, score, grade, points, p_sql AS Sql, "
        + "p_close_given_sql AS CloseGivenSql, p_close AS Close, next_stage AS NextStage, next_action AS NextAction";

    /// <summary>The columns of a row that is added, in the order in which all statements give them.</summary>
    public const string Added =
        "at, lead_id, as_of, model, version, hash, role, origin, fingerprint, stage, score, grade, points, p_sql, p_close_given_sql, p_close, next_stage, "
        + "next_action, answer";

    public const string Insert =
        "INSERT INTO score_log (" + Added + ") VALUES (@At, @LeadId, @AsOf, @Model, @Version, @Hash, @Role, @Origin, "
        + "@Fingerprint, @Stage, @Score, @Grade, @Points, @Sql, @CloseGivenSql, @Close, @NextStage, @NextAction, @Answer)";

    public long Id { get; init; }

    public required long At { get; init; }

    public required string LeadId { get; init; }

    public required long AsOf { get; init; }

    public required string Model { get; init; }

    public required long Version { get; init; }

    public required string Hash { get; init; }

    public required string Role { get; init; }

    public required string Origin { get; init; }

    public required string Fingerprint { get; init; }

    public required string Stage { get; init; }

    public required long Score { get; init; }

    public required string Grade { get; init; }

    public double? Points { get; init; }

    public double? Sql { get; init; }

    public double? CloseGivenSql { get; init; }

    public double? Close { get; init; }

    public required string NextStage { get; init; }

    public required string NextAction { get; init; }

    public string? Answer { get; init; }

    public static LoggedScoreRow Of(LoggedScore score) => new()
    {
        At = UtcTime.ToMicroseconds(score.At),
        LeadId = score.LeadId,
        AsOf = UtcTime.ToMicroseconds(score.AsOf),
        Model = score.Model,
        Version = score.Version,
        Hash = score.Hash,
        Role = score.Role,
        Origin = score.Origin,
        Fingerprint = score.Fingerprint,
        Stage = score.Stage,
        Score = score.StoredScore,
        Grade = score.StoredGrade,
        Points = score.Points,
        Sql = score.Sql,
        CloseGivenSql = score.CloseGivenSql,
        Close = score.Close,
        NextStage = score.NextStage,
        NextAction = score.NextAction,
        Answer = score.Answer,
    };

    public LoggedScore ToScore() => new LoggedScore
    {
        At = UtcTime.FromMicroseconds(At),
        LeadId = LeadId,
        AsOf = UtcTime.FromMicroseconds(AsOf),
        Model = Model,
        Version = (int)Version,
        Hash = Hash,
        Role = Role,
        Origin = Origin,
        Fingerprint = Fingerprint,
        Stage = Stage,
        Score = (int)Score,
        Grade = Grade,
        Points = Points,
        Sql = Sql,
        CloseGivenSql = CloseGivenSql,
        Close = Close,
        NextStage = NextStage,
        NextAction = NextAction,
    }.AsGiven();
}
