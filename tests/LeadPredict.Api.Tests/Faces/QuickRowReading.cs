using System.Text;
using LeadPredict.Api.Faces;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Api.Tests.Faces;

/// <summary>The quick reader of rows beside the thorough one, which is its oracle.</summary>
public sealed class QuickRowReading : IDisposable
{
    private const string Usual = """{"dataframe_records":[{"plan":"team","seats":250,"since":"2024-01-05"},{"since":null,"plan":"12","seats":"7"},{"plan":"té\u0061m","seats":-1.5e2,"since":""}]}""";

    private static readonly string[] Pieces =
        ["null", "true", "-0", "1e400", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"NaN\"", "[]", "{}", "\"plan\":1,", "\"x\":1,", ",\"seats\":2", "{\"plan\":1,\"seats\":2,\"since\":null},", ",", "]", "}", "{", "\u00e9", "\\"];

    private readonly TemporaryFolder _folder = new();
    private readonly PredictionEngine _engine;

    public QuickRowReading()
    {
        var repository = new ModelRepository(_folder["models"]);
        repository.PublishAsync(SmallTable.Draft()).GetAwaiter().GetResult();
        _engine = new(repository.Load("flat", 1));
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Records_AsTheyUsuallyAre_AreReadQuicklyAndAlike() => Quick(Encoding.UTF8.GetBytes(Usual)).ShouldNotBeNull().ShouldBe(Thorough(Encoding.UTF8.GetBytes(Usual)));

    [Fact]
    public void Records_ChangedAtRandom_AreNeverReadOtherwise()
    {
        var random = new Random(7);
        int quickly = 0, refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            var body = new StringBuilder(Usual);
            for (int change = random.Next(1, 3); change > 0; change--)
            {
                int at = random.Next(body.Length);
                body.Remove(at, Math.Min(body.Length - at, random.Next(3) == 0 ? 0 : random.Next(8)));
                body.Insert(at, random.Next(3) == 0 ? "" : Pieces[random.Next(Pieces.Length)]);
            }

            byte[] bytes = Encoding.UTF8.GetBytes(body.ToString());
            if (random.Next(10) == 0)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            if (Quick(bytes) is { } rows)
            {
                quickly++;
                rows.ShouldBe(Thorough(bytes));
            }
            else
            {
                refused++;
            }
        }

        quickly.ShouldBeGreaterThan(500);
        refused.ShouldBeGreaterThan(1_000);
    }

    private List<ProbabilityEstimate>? Quick(byte[] body) => QuickMlflow.TryScore(body, new(_engine));

    private List<ProbabilityEstimate> Thorough(byte[] body) => MlflowInvocation.Read(body, new MlflowRows(new(_engine)));
}
