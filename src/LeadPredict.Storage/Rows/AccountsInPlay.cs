using System.Globalization;
using LeadPredict.Funnel.Stages;
using LeadPredict.Funnel.Time;

namespace LeadPredict.Storage.Rows;

/// <summary>
/// The accounts that a call list is made of: those with a lead from MQL to opportunity, and those with a won deal, which tell what deals bring. It may hold
/// some more: of leads that were merged each is looked at by itself.
/// </summary>
internal static class AccountsInPlay
{
    /// <summary>The last of five statements that read the history narrows them to these accounts.</summary>
    public const string Only = " WHERE l.reading IN (SELECT reading FROM accounts_in_play)";

    /// <summary>Forgets what an earlier reading of the connection left.</summary>
    public const string Drop = "DROP TABLE IF EXISTS temp.accounts_in_play";

    /// <summary>Puts the accounts into a table of the connection.</summary>
    /// <param name="postgres">Whether it is PostgreSQL; its table is gone with the transaction.</param>
    /// <param name="asOf">What happened or was recorded from this instant on is left out.</param>
    public static string Fill(bool postgres, DateTimeOffset asOf)
    {
        string lead = postgres ? "lead_id" : "lead_key";
        string of = postgres ? "l.id = r.lead_id" : "l.lead_key = r.lead_key";
        string stages = string.Join(", ", Enum.GetValues<Stage>().Where(stage => stage is >= Stage.MarketingQualified and <= Stage.Opportunity).Select(stage => $"'{stage}'"));
        string Known(string row) => string.Create(CultureInfo.InvariantCulture, $"{row}.occurred_at < {UtcTime.ToMicroseconds(asOf)} AND {row}.recorded_at < {UtcTime.ToMicroseconds(asOf)}");
        return $"""
            CREATE TEMP TABLE accounts_in_play{(postgres ? " ON COMMIT DROP" : "")} AS
            SELECT l.reading FROM leads l JOIN transitions r ON {of}
            WHERE r.stage IN ({stages}) AND {Known("r")}
                AND NOT EXISTS (SELECT 1 FROM transitions n WHERE n.{lead} = r.{lead} AND n.occurred_at > r.occurred_at AND {Known("n")})
            UNION SELECT l.reading FROM leads l JOIN outcomes r ON {of} WHERE {(postgres ? "r.won" : "r.won = 1")} AND r.amount IS NOT NULL
            """;
    }
}
