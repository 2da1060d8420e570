using System.Text;
using System.Text.Json;
using LeadPredict.Api.Answers;
using LeadPredict.Api.Requests;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.Requests;

/// <summary>The quick reader and writer beside the thorough ones, which are their oracles.</summary>
public class QuickReading
{
    private const string Rich =
        """
        {"asOf":1748736000000,"lead":{"id":"b\u0031","accountId":"acme","createdAt":"2025-05-01 08:00","recordedAt":"2025-05-01T08:00:01.5+0200","source":"événement",
         "attributes":{"industry":"software","Employees":250.5,"trial":true,"country":null,"empty":"","zahl":1e3}},
         "touches":[{"type":"page_view","occurredAt":"2025-05-20"},{"id":"t2","type":"email_open","occurredAt":"2025-05-20T10:00:00.1234567Z","recordedAt":"2025-05-21","properties":{"page":"a\"b","n":-1}},{"id":"t3","type":"page_view","occurredAt":"2025-05-20","properties":{"page":"x}"}},{"id":"t4","type":"page_view","occurredAt":"2025-05-20","properties":{"page":"x"}}],
         "transitions":[{"to":"MarketingQualified","occurredAt":"2025-05-21T10:00:00Z","actor":"me","reason":"because"},{"id":"x","to":"Recycled","occurredAt":"2025-05-22T10:00:00Z"}]}
        """;

    private static readonly string[] Pieces =
    [
        "null", "true", "-0", "1e400", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"NaN\"", "[]", "{}", "\"Lead\"", "\"lead\"", "\"2025-02-30\"", "9e18", "\"t2\"", "\"touches/00000\"",
        "\"PAGE\":1,", "\"id\":\"b\",", "\"asOf\":1,", ",", "]", "}", "\u00e9", "\\", "\"a}b\"", "}}", "{\"page\":1}",
    ];

    [Fact]
    public void Requests_AsTheyUsuallyAre_AreReadQuicklyAndAlike()
    {
        foreach (string body in new[] { ScoreRequests.Example, Rich, """{"lead":{"id":"a","createdAt":"2025-01-01"}}""" })
        {
            ScoreRequest quick = QuickScoreReader.TryRead(Encoding.UTF8.GetBytes(body)).ShouldNotBeNull(body);
            Told(quick).ShouldBe(Told(Thorough(body)));
        }
    }

    [Theory]
    [InlineData("""{"leadId":"a"}""")]
    [InlineData("""{"lead":{"id":"a","createdAt":"2025-01-01"},"outcomes":[]}""")]
    [InlineData("""{"lead":{"id":"a","createdAt":"2025-01-01","attributes":{"x":[{"value":1,"occurredAt":"2025-01-01"}]}}}""")]
    [InlineData("""{"touches":[{"id":"a","type":"call","occurredAt":"2025-01-01"},{"id":"a","type":"call","occurredAt":"2025-01-01"}],"lead":{"id":"a","createdAt":"2025-01-01"}}""")]
    public void Requests_ThatAreUnusual_AreLeftToTheThoroughReader(string body)
    {
        QuickScoreReader.TryRead(Encoding.UTF8.GetBytes(body)).ShouldBeNull();
        Thorough(body).ShouldNotBeNull();
    }

    [Fact]
    public void Requests_ChangedAtRandom_AreNeverReadOtherwise()
    {
        var random = new Random(11);
        int quickly = 0, refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            var body = new StringBuilder(random.Next(2) == 0 ? Rich : ScoreRequests.Example);
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int at = random.Next(body.Length);
                int length = Math.Min(body.Length - at, random.Next(0, 12));
                switch (random.Next(3))
                {
                    case 0:
                        body.Remove(at, length);
                        break;
                    case 1:
                        body.Insert(at, Pieces[random.Next(Pieces.Length)]);
                        break;
                    default:
                        body.Remove(at, length).Insert(at, Pieces[random.Next(Pieces.Length)]);
                        break;
                }
            }

            byte[] bytes = Encoding.UTF8.GetBytes(body.ToString());
            if (random.Next(10) == 0)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            if (QuickScoreReader.TryRead(bytes) is { } quick)
            {
                quickly++;
                Told(quick).ShouldBe(Told(JsonBody.Read(bytes, ScoreRequestReader.Read)));
            }
            else
            {
                refused++;
            }
        }

        quickly.ShouldBeGreaterThan(500);
        refused.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public void Scores_WrittenMemberByMember_AreTheSerializersBytes()
    {
        using var engine = new PredictionEngine(new ModelRepository(SharedFiles.Repository("models")).Load(ModelReference.Parse("leads")));
        foreach (string stage in new[] { "Lead", "MarketingQualified", "SalesQualified", "Won", "Lost", "Recycled" })
        {
            foreach (bool reasons in new[] { true, false })
            {
                string body = Rich.Replace("Recycled", stage, StringComparison.Ordinal).Replace("b\\u0031", "<ü\\ud83d\\ude00\\\"", StringComparison.Ordinal);
                LeadScore score = Thorough(body).Score(engine, DateTimeOffset.UnixEpoch, reasons);
                var written = new System.Buffers.ArrayBufferWriter<byte>();
                LeadScoreWriter.Write(written, score);
                Encoding.UTF8.GetString(written.WrittenSpan).ShouldBe(JsonSerializer.Serialize(score, AnswerJson.Options));
                written.ResetWrittenCount();
                LeadScoreWriter.Write(written, score with { AbstainedBecause = "why", Scorecard = null, Reasons = [new("x", 2.5, 1, "t"), new("y", true, 1e-7, "t")] });
                Encoding.UTF8.GetString(written.WrittenSpan).ShouldBe(JsonSerializer.Serialize(score with { AbstainedBecause = "why", Scorecard = null, Reasons = [new("x", 2.5, 1, "t"), new("y", true, 1e-7, "t")] }, AnswerJson.Options));
            }
        }
    }

    private static ScoreRequest Thorough(string body) => JsonBody.Read(Encoding.UTF8.GetBytes(body), ScoreRequestReader.Read);

    private static string Told(ScoreRequest request) =>
        $"{request.LeadId} {request.AsOf:O} {string.Join('|', request.Notes)} "
        + (request.Lead is { } lead ? JsonSerializer.Serialize(LeadAnswer.Of(new(null, [lead]), lead), AnswerJson.Options) : "");
}
