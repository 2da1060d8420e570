using System.Text.Json;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Answers;

/// <summary>Writes a score as the service answers it. The console writes its lines with it too: the same score is the same bytes.</summary>
public static class LeadScoreWriter
{
    /// <summary>One JSON object in UTF-8 without line breaks.</summary>
    public static byte[] Write(LeadScore score) => JsonSerializer.SerializeToUtf8Bytes(score, AnswerJson.Options);
}
