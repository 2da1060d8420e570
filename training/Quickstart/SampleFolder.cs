using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Quickstart;

/// <summary>Where the sample history lies, and what to try with it.</summary>
internal static class SampleFolder
{
    private const string Name = "data-samples";

    /// <summary>The folder beside the solution, looked for upward from where one stands and from the program.</summary>
    /// <exception cref="RefusalException">It is not there.</exception>
    public static string Find()
    {
        foreach (string start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                string candidate = Path.Combine(folder.FullName, Name);
                if (File.Exists(Path.Combine(candidate, "leads.csv")))
                {
                    return candidate;
                }
            }
        }

        throw new RefusalException($"no folder {Name} above {Directory.GetCurrentDirectory()}; run it in the repository or name the folder with --samples.");
    }

    /// <summary>A request to paste into a terminal.</summary>
    public static string CurlLine(string urls) =>
        $"curl -s {urls.Split(';')[0].TrimEnd('/')}/v1/score -H 'content-type: application/json' -d "
        + """'{"lead":{"id":"b1","createdAt":"2025-05-01T08:00:00Z","source":"organic_search","attributes":{"industry":"software","employees":250,"jobTitle":"VP Marketing","country":"DE"}},"touches":[{"id":"t1","type":"page_view","occurredAt":"2025-05-20T10:00:00Z","properties":{"page":"pricing"}}],"transitions":[{"to":"MarketingQualified","occurredAt":"2025-05-21T10:00:00Z"}],"asOf":"2025-06-01T00:00:00Z"}'""";
}
