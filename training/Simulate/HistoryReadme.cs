using System.Globalization;

namespace LeadPredict.Training.Simulate;

/// <summary>The README that is written beside a simulated history.</summary>
internal static class HistoryReadme
{
    public static string Of(SimulationSummary summary)
    {
        string rows = string.Join("\n", summary.Files.Select(
            file => string.Create(CultureInfo.InvariantCulture, $"| `{file.Name}` | {file.Rows} | {Describe(file.Name)} |")));
        return string.Create(CultureInfo.InvariantCulture, $"""
            # A simulated B2B software funnel

            {summary.Leads} leads of invented companies, {summary.From:yyyy-MM-dd} to {summary.Until:yyyy-MM-dd} (the last day excluded). Nobody in it exists. Made by

            ```
            leadpredict simulate --out DIR --leads {summary.Leads} --seed {summary.Seed}
            ```

            which writes the same bytes every time; `manifest.json` has the SHA-256 of each file.

            | file | rows | |
            | --- | --- | --- |
            {rows}

            `leadpredict import` reads the folder by its `recipe.yaml`.

            Times are UTC. Every row has two clocks: when it happened and when it was recorded, hours or days later for some. Some touches
            were sent twice (the same id, recorded later: the first one counts) and some rows stand there twice. The history stops at the
            last day: episodes still open there are undecided.

            `truth.csv` has a row for every entry into MQL: `pSql`, the true probability that it became SQL within 60 days (any horizon of 60
            to 90 days has the same), `pCloseGivenSql`, that it was then won within 120 days (any of 120 to 180), and `pClose`, their product.
            They hold for what was known at `asOf`, one millisecond after the transition that opened the episode had happened and was
            recorded. No model may see this file; it is there to be compared with.

            """);
    }

    private static string Describe(string file) => file switch
    {
        HistoryFolder.Accounts => "companies",
        HistoryFolder.Leads => "people, their company and where they came from",
        HistoryFolder.Attributes => "what was known of a lead, and since when",
        HistoryFolder.Touches => "what leads did and received; `properties` is a JSON object",
        HistoryFolder.Transitions => "every move between stages, with who decided and why",
        HistoryFolder.Outcomes => "deals won and lost, with their amounts",
        _ => "the true probabilities",
    };
}
