using System.Globalization;
using System.Text;

namespace LeadPredict.Benchmarks.Http;

/// <summary>The lead that is asked about: inline, with 20 touches.</summary>
internal static class HttpRequests
{
    private static readonly string[] Types = ["page_view", "email_open", "email_click", "content_download", "webinar_attended", "form_submit"];

    public static string Lead { get; } = Write();

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
