using System.Text;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.Tests.ScoreLog;

/// <summary>Scores for tests of the log.</summary>
internal static class GivenScores
{
    public static LoggedScore Row(string lead, string? answer = null) => new()
    {
        At = DateTimeOffset.UnixEpoch.AddSeconds(7),
        LeadId = lead,
        AsOf = DateTimeOffset.UnixEpoch.AddDays(-3),
        Model = "m",
        Version = 3,
        Hash = "h",
        Role = "champion",
        Origin = "served",
        Fingerprint = "f",
        Stage = "Lead",
        Score = 61,
        Grade = "B",
        Points = 12.5,
        Close = 0.25,
        NextStage = "SalesQualified",
        NextAction = "anrufen – bald",
        AnswerUtf8 = answer is null ? default : Encoding.UTF8.GetBytes(answer),
    };
}
