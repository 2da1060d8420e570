using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
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
    private static readonly string[] Stages = Enum.GetNames<Stage>();

    /// <summary>The row of a score, without its answer.</summary>
    /// <param name="score">What was said.</param>
    /// <param name="role">Champion or challenger.</param>
    /// <param name="origin">Served or rescored.</param>
    /// <param name="at">The present.</param>
    public static LoggedScore RowOf(ScoreSheet score, string role, string origin, DateTimeOffset at)
    {
        SheetStep next = score.Next;
        return new()
        {
            At = at,
            LeadId = score.LeadId,
            AsOf = score.AsOf,
            Model = score.Engine.Model.Name,
            Version = score.Engine.Model.Version,
            Hash = score.Engine.Model.Hash,
            Role = role,
            Origin = origin,
            Fingerprint = score.AbstainedBecause is null ? Fingerprint(score.Engine.Row) : "",
            Stage = Stages[(int)score.Stage],
            Score = score.Score,
            Grade = ScoreGrade.Of(score.Score),
            Points = score.Rules?.Points,
            Sql = score.Probabilities.Sql?.Value,
            CloseGivenSql = score.Probabilities.CloseGivenSql?.Value,
            Close = score.Probabilities.Close?.Value,
            NextStage = Stages[(int)next.Stage],
            NextAction = next.Action,
        };
    }

    private static string Fingerprint(ReadOnlySpan<float> row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(row), hash);
        return Convert.ToHexStringLower(hash[..(hash.Length / 2)]);
    }
}
