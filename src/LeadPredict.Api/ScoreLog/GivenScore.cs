using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.ScoreLog;

/// <summary>A score as a row of the log.</summary>
internal static class GivenScore
{
    public const string Champion = "champion";
    public const string Challenger = "challenger";
    public const string Served = "served";
    public const string Rescored = "rescored";
    private static readonly string[] Stages = Enum.GetNames<Stage>();

    /// <summary>The row of a score.</summary>
    /// <param name="score">What was said.</param>
    /// <param name="role">Champion or challenger.</param>
    /// <param name="origin">Served or rescored.</param>
    /// <param name="at">The present.</param>
    /// <param name="detail">What else the log keeps of it, not copied; empty for nothing.</param>
    public static LoggedScore RowOf(ScoreSheet score, string role, string origin, DateTimeOffset at, ReadOnlyMemory<byte> detail = default)
    {
        SheetStep next = score.Next;
        bool given = score.AbstainedBecause is null;
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
            Fingerprint = given ? InputFingerprint.Of(score.Engine.Row) : "",
            Stage = Stages[(int)score.Stage],
            Score = given ? score.Score : null,
            Grade = given ? ScoreGrade.Of(score.Score) : null,
            Points = score.Rules?.Points,
            Sql = score.Probabilities.Sql?.Value,
            CloseGivenSql = score.Probabilities.CloseGivenSql?.Value,
            Close = score.Probabilities.Close?.Value,
            NextStage = Stages[(int)next.Stage],
            NextAction = next.Action,
            AnswerUtf8 = detail,
        };
    }
}

/// <summary>What a challenger needs to score the same as the champion.</summary>
/// <param name="Account">The account as it was read.</param>
/// <param name="Lead">The lead as it was read.</param>
internal sealed record ShadowedLead(AccountHistory Account, LeadHistory Lead)
{
    // What a touch takes, with its texts and properties; the other rows take less and are fewer.
    private const long RowBytes = 1_000;

    /// <summary>How much memory it takes, about: few leads have many rows, and those with 10,000 take megabytes.</summary>
    public long Bytes { get; } = RowBytes * Account.Leads.Sum(lead => 1L + lead.Touches.Count + lead.Transitions.Count + lead.Attributes.Count);
}
