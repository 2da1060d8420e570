using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Benchmarks.History;

/// <summary>
/// A history of any size, drawn in no time and with little behind it: leads that come in over 500 days, four to a company, three in four with
/// an MQL episode of some days, which is one snapshot a lead; touches by time, of the leads of the last 100 days in turn, as a tracker sends them.
/// </summary>
internal sealed class DrawnHistory(int leads, int touches)
{
    private const double Days = 500;
    private const double Active = 100;

    private static readonly string[] Types =
    [
        "page_view", "page_view", "page_view", "page_view", "email_sent", "email_sent", "email_open", "email_open", "email_click",
        "content_download", "form_submit", "webinar_registered", "webinar_attended", "demo_request", "ad_click", "social_engagement", "call",
    ];

    private static readonly string[] Pages = ["/pricing", "/docs/start", "/customers", "/blog/lead-scoring", "/", "/demo", "/contact", "/careers"];
    private static readonly string[] Titles = ["VP Marketing", "Software Engineer", "Head of Sales", "Intern", "CEO", "Buyer", "Analyst", "IT Manager"];
    private static readonly string[] Industries = ["software", "retail", "manufacturing", "banking", "health", "education", "energy", "media"];

    /// <summary>Leads with what is known of them and their stages, so many to a batch.</summary>
    public IEnumerable<HistoryBatch> Leads(int batch)
    {
        var random = new Random(21);
        foreach (int[] chunk in Enumerable.Range(0, leads).Chunk(batch))
        {
            LeadHistory[] drawn = [.. chunk.Select(lead => Lead(lead, random))];
            yield return new()
            {
                Leads = [.. drawn.Select(lead => lead.Lead)],
                Attributes = [.. drawn.SelectMany(lead => lead.Attributes)],
                Transitions = [.. drawn.SelectMany(lead => lead.Transitions)],
            };
        }
    }

    /// <summary>The touches by time, so many to a batch; the same every time.</summary>
    public IEnumerable<HistoryBatch> Touches(int batch) => All().Chunk(batch).Select(chunk => new HistoryBatch { Touches = chunk });

    private static string Name(int lead) => $"lead-{lead:D8}";

    private LeadHistory Lead(int lead, Random random)
    {
        double created = Days * lead / leads;
        var builder = new LeadBuilder(Name(lead), created, account: $"account-{lead % ((leads / 4) + 1):D7}");
        double mql = created + 1 + (60 * random.NextDouble());
        double end = mql + 3 + (24 * random.NextDouble());
        bool sql = random.Next(3) == 0;
        builder.From(Types[random.Next(4)] + random.Next(4))
            .Has("industry", Industries[random.Next(Industries.Length)])
            .Has("employees", random.Next(1, 5000))
            .Has("country", ((char)('A' + random.Next(20))).ToString())
            .Has("jobTitle", Titles[random.Next(Titles.Length)])
            .Has("email", $"person{lead}@company{lead / 4}.example");
        if (lead % 4 != 3)
        {
            builder.Enters(Stage.MarketingQualified, mql).Enters(sql ? Stage.SalesQualified : Stage.Disqualified, end);
            builder.Enters(sql ? random.Next(3) == 0 ? Stage.Won : Stage.Lost : Stage.Disqualified, end + 5 + (20 * random.NextDouble()));
        }

        return builder.Build();
    }

    private IEnumerable<Touch> All()
    {
        var random = new Random(11);
        for (int i = 0; i < touches; i++)
        {
            double day = (Days + Active) * i / touches;
            int last = (int)Math.Clamp(leads * day / Days, 1, leads);
            int first = (int)Math.Clamp(leads * (day - Active) / Days, 0, last - 1);
            DateTimeOffset at = Day.At(day);
            string type = Types[random.Next(Types.Length)];
            yield return new()
            {
                Id = $"t{random.NextInt64():x16}{i:x8}",
                LeadId = Name(random.Next(first, last)),
                Type = type,
                OccurredAt = at,
                RecordedAt = at,
                Properties = random.Next(4) == 0 ? new Dictionary<string, AttributeValue>() : new Dictionary<string, AttributeValue>
                {
                    [type == "page_view" ? "page" : "campaign"] = AttributeValue.Of(Pages[random.Next(Pages.Length)]),
                    ["seconds"] = AttributeValue.Of(random.Next(600)),
                },
            };
        }
    }
}
