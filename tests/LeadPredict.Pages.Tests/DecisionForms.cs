using System.Net;
using System.Text.RegularExpressions;

namespace LeadPredict.Pages.Tests;

/// <summary>The form of a decision, drawn and sent without a browser.</summary>
internal static partial class DecisionForms
{
    /// <summary>The form as the lead's page draws it, filled in.</summary>
    public static async Task<Dictionary<string, string>> FormAsync(PageHost host, string lead, string decision)
    {
        string page = await host.ReadAsync("/lead?id=" + lead);
        Dictionary<string, string> form = HiddenField().Matches(page[page.IndexOf("action=\"/lead/decide\"", StringComparison.Ordinal)..page.IndexOf("Record</button>", StringComparison.Ordinal)])
            .ToDictionary(field => field.Groups[1].Value, field => field.Groups[2].Value);
        form["decision"] = decision;
        return form;
    }

    /// <summary>Sends a form as a browser does and reads the page that comes of it.</summary>
    public static async Task<(int Status, string Page)> SendAsync(PageHost host, Dictionary<string, string> form)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using HttpResponseMessage answer = await client.PostAsync(host.Address + "/lead/decide", new FormUrlEncodedContent(form));
        return ((int)answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    [GeneratedRegex("type=\"hidden\" name=\"([a-zA-Z]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
