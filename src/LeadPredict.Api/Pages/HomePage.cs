using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace LeadPredict.Api.Pages;

/// <summary>The plain page at <c>/</c>: what serves, the verdict, where to look, and a line to try.</summary>
internal static class HomePage
{
    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap;background:#f4f4f4;padding:1rem}";

    /// <summary>Lets the browser do nothing but apply this page's own style.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; base-uri 'none'; frame-ancestors 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'";

    public static string Write(string? model, string? verdict, string origin)
    {
        HtmlEncoder html = HtmlEncoder.Default;
        string line = $$$"""
            curl -s {{{origin}}}/v1/score -H 'Content-Type: application/json' -d '{"asOf":"2025-06-01T00:00:00Z","lead":{"id":"b1","createdAt":"2025-05-01T08:00:00Z","source":"organic_search","attributes":{"industry":"software","employees":250,"jobTitle":"VP Marketing","country":"DE"}},"touches":[{"id":"t1","type":"page_view","occurredAt":"2025-05-20T10:00:00Z","properties":{"page":"pricing"}}],"transitions":[{"to":"MarketingQualified","occurredAt":"2025-05-21T10:00:00Z"}]}'
            """;
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>LeadPredict</title>\n");
        page.Append("<style>").Append(Style).Append("</style>\n");
        page.Append("</head>\n<body>\n<h1>LeadPredict</h1>\n");
        page.Append("<p>").Append(model is null ? "No model was promoted yet." : $"Answering with <strong>{html.Encode(model)}</strong>.").Append("</p>\n");
        page.Append("<h2>Model or rules?</h2>\n<p>").Append(html.Encode(verdict ?? "The model was not compared with a scorecard.")).Append("</p>\n");
        page.Append("<h2>Look further</h2>\n<ul>\n");
        foreach ((string path, string what) in new[]
        {
            ("/v1/models", "models and versions"), ("/v1/compare", "model against rules, in figures"),
            ("/openapi/v1.json", "the interface"), ("/health/ready", "health"),
        })
        {
            page.Append("<li><a href=\"").Append(path).Append("\">").Append(what).Append("</a></li>\n");
        }

        page.Append("</ul>\n<h2>Try it</h2>\n<pre>").Append(html.Encode(line)).Append("</pre>\n</body>\n</html>\n");
        return page.ToString();
    }
}
