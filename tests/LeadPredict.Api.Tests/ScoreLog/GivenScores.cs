using System.Text;
using LeadPredict.Api.ScoreLog;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing;

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

    /// <summary>A lead of many touches that a challenger is to score.</summary>
    public static ShadowedLead Shadowed(int touches)
    {
        var lead = new LeadBuilder("a");
        for (int i = 0; i < touches; i++)
        {
            lead.Touched("call", 1 + (i / 1e6));
        }

        AccountHistory account = lead.BuildAlone();
        return new(account, account.Leads[0]);
    }
}
