using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LeadPredict.Funnel.Leads;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.ScoreLog;

/// <summary>A score on its way to the log, with what a challenger needs to score the same.</summary>
/// <param name="Row">The champion's row.</param>
/// <param name="Account">The account as it was read, or null where no challenger serves.</param>
/// <param name="Lead">The lead as it was read, or null where no challenger serves.</param>
internal sealed record GivenScore(LoggedScore Row, AccountHistory? Account, LeadHistory? Lead)
{
    public const string Champion = "champion";
    public const string Challenger = "challenger";
    public const string Served = "served";
    public const string Rescored = "rescored";

    /// <summary>The row of a score, without its answer.</summary>
    /// <param name="score">What was said.</param>
    /// <param name="engine">What said it, just now: its feature values are those of the score.</param>
    /// <param name="role">Champion or challenger.</param>
    /// <param name="origin">Served or rescored.</param>
    /// <param name="at">The present.</param>
    public static LoggedScore RowOf(LeadScore score, PredictionEngine engine, string role, string origin, DateTimeOffset at) => new()
    {
        At = at,
        LeadId = score.LeadId,
        AsOf = score.AsOf,
        Model = score.Model.Name,
        Version = score.Model.Version,
        Hash = score.Model.Hash,
        Role = role,
        Origin = origin,
        Fingerprint = score.AbstainedBecause is null ? Fingerprint(engine.Row) : "",
        Stage = score.Stage.ToString(),
        Score = score.Score,
        Grade = score.Grade,
        Points = score.Scorecard?.Points,
        Sql = score.Probabilities.Sql?.Value,
        CloseGivenSql = score.Probabilities.CloseGivenSql?.Value,
        Close = score.Probabilities.Close?.Value,
        NextStage = score.Next.Stage.ToString(),
        NextAction = score.Next.Action,
    };

    private static string Fingerprint(ReadOnlySpan<float> row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(row), hash);
        return Convert.ToHexStringLower(hash[..(hash.Length / 2)]);
    }
}
