using System.Buffers;
using System.Text;
using System.Text.Json;
using LeadPredict.Api.Answers;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.Writing;

public class SheetAnswers
{
    [Fact]
    public void Answers_WrittenFromNumbers_AreTheSerializersBytesOfTheScoreInWords()
    {
        using var engine = new PredictionEngine(new ModelRepository(SharedFiles.Repository("models")).Load(ModelReference.Parse("leads")));
        var scorer = new LeadScorer(engine);
        var written = new ArrayBufferWriter<byte>();
        int reasons = 0, limits = 0, warned = 0;
        foreach (AccountHistory account in RandomHistories.Accounts(60, 21))
        {
            foreach (LeadHistory lead in account.Leads)
            {
                DateTimeOffset latest = lead.Touches.Select(touch => touch.OccurredAt).Append(lead.Lead.CreatedAt).Max();
                foreach (DateTimeOffset asOf in new[] { latest.AddDays(1.5), latest.AddDays(-3).AddMicroseconds(7) })
                {
                    if (lead.Lead.CreatedAt >= asOf || lead.Lead.RecordedAt >= asOf)
                    {
                        continue;
                    }

                    ScoreSheet sheet = scorer.Fill(account, lead, asOf);
                    written.ResetWrittenCount();
                    LeadScoreWriter.Write(written, sheet);
                    LeadScore score = sheet.Tell();
                    Encoding.UTF8.GetString(written.WrittenSpan).ShouldBe(JsonSerializer.Serialize(score, AnswerJson.Options));
                    reasons += score.Reasons.Count;
                    limits += score.Scorecard!.Items.Count(item => item.Rule.StartsWith("limit", StringComparison.Ordinal));
                    warned += score.Warnings.Count;
                }
            }
        }

        reasons.ShouldBeGreaterThan(100);
        limits.ShouldBeGreaterThan(0);
        warned.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Answers_OfAPersonWhoObjects_AreTheSerializersBytesAndHaveNoScore()
    {
        using var engine = new PredictionEngine(new ModelRepository(SharedFiles.Repository("models")).Load(ModelReference.Parse("leads")));
        AccountHistory account = new LeadBuilder("a", 1).Has("profilingObjection", true).Enters(Stage.MarketingQualified, 2).BuildAlone();
        ScoreSheet sheet = new LeadScorer(engine).Fill(account, account.Leads[0], Day.At(9));
        var written = new ArrayBufferWriter<byte>();

        LeadScoreWriter.Write(written, sheet);

        string json = Encoding.UTF8.GetString(written.WrittenSpan);
        json.ShouldBe(JsonSerializer.Serialize(sheet.Tell(), AnswerJson.Options));
        json.ShouldContain("\"score\":null,\"grade\":null,\"scorecard\":null");
    }

    [Fact]
    public void Answers_OfAllStages_AreTheSerializersBytesOfTheScoreInWords()
    {
        using var engine = new PredictionEngine(new ModelRepository(SharedFiles.Repository("models")).Load(ModelReference.Parse("leads")));
        var scorer = new LeadScorer(engine);
        var written = new ArrayBufferWriter<byte>();
        DateTimeOffset start = DateTimeOffset.UnixEpoch.AddYears(55);
        foreach (Stage stage in Enum.GetValues<Stage>())
        {
            foreach (bool objects in new[] { false, true })
            {
                Lead lead = new() { Id = "<ü \ud83d\"'+&>", CreatedAt = start, RecordedAt = start, Source = new string('x', 79) + "\ud83d\ude00" };
                AttributeChange[] attributes =
                [
                    new() { LeadId = lead.Id, Name = "jobTitle", Value = AttributeValue.Of("VP \"Marketing\"\n"), OccurredAt = start, RecordedAt = start },
                    new() { LeadId = lead.Id, Name = "employees", Value = AttributeValue.Of(250.5), OccurredAt = start, RecordedAt = start },
                    new() { LeadId = lead.Id, Name = "profilingObjection", Value = AttributeValue.Of(objects), OccurredAt = start, RecordedAt = start },
                ];
                StageTransition moved = new() { Id = "1", LeadId = lead.Id, To = stage, OccurredAt = start.AddDays(1), RecordedAt = start.AddDays(1) };
                var history = new LeadHistory(lead, null, attributes, [moved]);
                ScoreSheet sheet = scorer.Fill(new(null, [history]), history, start.AddDays(9));
                sheet.Warnings.Add("a \"note\"");
                written.ResetWrittenCount();
                LeadScoreWriter.Write(written, sheet);
                Encoding.UTF8.GetString(written.WrittenSpan).ShouldBe(JsonSerializer.Serialize(sheet.Tell(), AnswerJson.Options));
            }
        }
    }
}
