using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Benchmarks.Ingest;

/// <summary>Touches as a web tracker sends them: by time, of all leads in turn, three in four with two properties.</summary>
internal static class DrawnTouches
{
    /// <summary>How many touches a lead has.</summary>
    private const int PerLead = 20;

    private static readonly string[] Types = ["page_view", "email_open", "email_click", "content_download", "webinar_attended"];
    private static readonly string[] Pages = ["/pricing", "/docs/start", "/customers", "/blog/lead-scoring-that-works", "/"];

    /// <summary>The leads that the touches are of.</summary>
    public static IEnumerable<Lead> Leads(int touches) => Enumerable.Range(0, Count(touches))
        .Select(lead => new LeadBuilder(Name(lead), lead * 1e-4, account: $"account-{lead / 4:D6}").Build().Lead);

    /// <summary>The touches in batches, the same every time.</summary>
    public static IEnumerable<HistoryBatch> Batches(int touches, int rows) =>
        Touches(touches).Chunk(rows).Select(chunk => new HistoryBatch { Touches = chunk });

    private static IEnumerable<Touch> Touches(int touches)
    {
        var random = new Random(11);
        for (int i = 0; i < touches; i++)
        {
            DateTimeOffset at = Day.At(100 + (i * 1e-5));
            yield return new()
            {
                Id = $"t{random.NextInt64():x16}{i:x8}",
                LeadId = Name(random.Next(Count(touches))),
                Type = Types[random.Next(Types.Length)],
                OccurredAt = at,
                RecordedAt = at,
                Properties = random.Next(4) == 0 ? new Dictionary<string, AttributeValue>() : new Dictionary<string, AttributeValue>
                {
                    ["page"] = AttributeValue.Of(Pages[random.Next(Pages.Length)]),
                    ["seconds"] = AttributeValue.Of(random.Next(600)),
                },
            };
        }
    }

    private static int Count(int touches) => Math.Max(1, touches / PerLead);

    private static string Name(int lead) => $"lead-{lead:D7}";
}
