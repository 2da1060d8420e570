using System.Globalization;
using System.Text;

namespace LeadPredict.Benchmarks.Http;

/// <summary>The leads that are asked about: inline, with 20 touches.</summary>
internal static class HttpRequests
{
    private static readonly string[] Types = ["page_view", "email_open", "email_click", "content_download", "webinar_attended", "form_submit"];

    public static string Lead { get; } = Write();

    /// <summary>Different leads, so that nothing is fast merely because it was said a moment ago.</summary>
    public static string[] Leads { get; } = Draw(1_000);

    private static string[] Draw(int count)
    {
        var random = new Random(5);
        string One(string texts) => texts.Split(',') is var all ? all[random.Next(all.Length)] : "";
        var asOf = new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero);
        string Before(int days) => asOf.AddSeconds(-random.Next(3_600, days * 86_400)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return [.. Enumerable.Range(0, count).Select(lead =>
        {
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $$$"""{"asOf":"2025-06-01T00:00:00Z","lead":{"id":"lead-{{{lead}}}","createdAt":"2025-03-01T08:00:00Z","source":"{{{One("organic_search,paid_search,referral,webinar,event,partner")}}}","attributes":{"industry":"{{{One("software,finance,retail,health,manufacturing,education")}}}","employees":{{{random.Next(1, 5_000)}}},"jobTitle":"{{{One("VP Marketing,Head of IT,Sales Manager,CTO,Student,Director Operations,Engineer,CEO")}}}","country":"{{{One("DE,AT,CH,FR,US,GB,NL")}}}"}},"touches":[""");
            for (int i = 0; i < 20; i++)
            {
                text.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$$"""{"id":"t{{{i}}}","type":"{{{Types[random.Next(Types.Length)]}}}","occurredAt":"{{{Before(90)}}}","properties":{"page":"{{{One("pricing,blog,docs,home,careers,demo,product,webinar")}}}"}}""");
            }

            return text.Append("""],"transitions":[{"to":"MarketingQualified","occurredAt":"2025-05-21T10:00:00Z"}]}""").ToString();
        })];
    }

    private static string Write()
    {
        var text = new StringBuilder(
            """{"asOf":"2025-06-01T00:00:00Z","lead":{"id":"b1","createdAt":"2025-03-01T08:00:00Z","source":"organic_search","attributes":{"industry":"software","employees":250,"jobTitle":"VP Marketing","country":"DE"}},"touches":[""");
        for (int i = 0; i < 20; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$$"""{"id":"t{{{i}}}","type":"{{{Types[i % Types.Length]}}}","occurredAt":"2025-05-{{{i + 2:00}}}T10:00:00Z","properties":{"page":"pricing"}}""");
        }

        return text.Append("""],"transitions":[{"to":"MarketingQualified","occurredAt":"2025-05-21T10:00:00Z"}]}""").ToString();
    }
}
