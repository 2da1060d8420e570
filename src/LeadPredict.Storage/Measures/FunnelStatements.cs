using System.Globalization;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Storage.Measures;

/// <summary>
/// Statements that count a funnel in the database, of either kind: the people, their stays in stages and the first calls go into tables of the connection,
/// which the others count. Texts come in as parameters only; numbers are written out.
/// </summary>
/// <param name="postgres">Whether it is PostgreSQL.</param>
/// <param name="until">The end of what is known, in microseconds: what happened or was recorded from then on is left out.</param>
internal sealed partial class FunnelStatements(bool postgres, long until)
{
    private const string Merged = "(SELECT merged_into FROM leads WHERE merged_into IS NOT NULL)";

    /// <summary>The tables, in the order in which they are filled.</summary>
    public static readonly IReadOnlyList<string> Tables = ["measured_people", "measured_stays", "measured_calls", "measured_values", "measured_mqls", "measured_episodes"];

    private readonly string _int = postgres ? "bigint" : "INTEGER";
    private readonly string _text = postgres ? "text" : "TEXT";
    private readonly string _key = postgres ? "text COLLATE \"C\"" : "INTEGER";
    private readonly string _bytes = postgres ? "text COLLATE \"C\"" : "TEXT";
    private readonly string _real = postgres ? "double precision" : "REAL";
    private readonly string _lead = postgres ? "l.id = r.lead_id" : "l.lead_key = r.lead_key";
    private readonly string _known = string.Create(CultureInfo.InvariantCulture, $"r.occurred_at < {until} AND r.recorded_at < {until}");

    /// <summary>Who a lead is: the lead that it was merged into, or itself; by the key that its rows have.</summary>
    private string Person => postgres
        ? "coalesce(l.merged_into, l.id)"
        : "CASE WHEN l.merged_into IS NULL THEN l.lead_key ELSE (SELECT k.lead_key FROM leads k WHERE k.id = l.merged_into) END";

    private string End => postgres ? " ON COMMIT DROP" : "";

    /// <summary>Rows that lie in the order of their key need not be sorted for it.</summary>
    private string InOrder => postgres ? End : " WITHOUT ROWID";

    /// <summary>Makes the tables. Of merged leads one person is made, as every reading of the history does.</summary>
    public IEnumerable<string> Make() =>
    [
        $"CREATE TEMP TABLE measured_people (person {_key} NOT NULL PRIMARY KEY, source {_text}, created_at {_int} NOT NULL){End}",
        $"CREATE TEMP TABLE measured_stays (person {_key} NOT NULL, n {_int} NOT NULL, stage {_int} NOT NULL, prev {_int} NOT NULL, earlier {_int} NOT NULL, opened_at {_int} NOT NULL, closed_at {_int}, next {_int}, reason {_text}, PRIMARY KEY (person, n)){InOrder}",
        $"CREATE TEMP TABLE measured_calls (person {_key} NOT NULL, at {_int} NOT NULL){End}",
        $"CREATE TEMP TABLE measured_values (person {_key} NOT NULL, segment {_int} NOT NULL, at {_int} NOT NULL, recorded {_int} NOT NULL, name {_bytes} NOT NULL, kind {_int} NOT NULL, number {_real}, value {_bytes}){End}",
        $"CREATE TEMP TABLE measured_mqls (month {_text} NOT NULL, waited {_int}, promised {_int}, age {_int} NOT NULL){End}",
        $"CREATE TEMP TABLE measured_episodes (link {_int} NOT NULL, person {_key} NOT NULL, opened_at {_int} NOT NULL, closed_at {_int}, next {_int}){End}",
    ];

    public string FillPeople => string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO measured_people
        SELECT {(postgres ? "l.id" : "l.lead_key")}, l.source, l.created_at FROM leads l
        WHERE l.merged_into IS NULL AND l.id NOT IN {Merged} AND l.created_at < {until} AND l.recorded_at < {until}
        UNION ALL SELECT person, source, created_at FROM (
            SELECT {Person} AS person, l.merged_into,
                first_value(l.source) OVER (PARTITION BY {Person} ORDER BY CASE WHEN l.source IS NULL THEN 1 ELSE 0 END, CASE WHEN l.merged_into IS NULL THEN 0 ELSE 1 END, l.created_at, l.id) AS source,
                min(l.created_at) OVER (PARTITION BY {Person}) AS created_at, min(l.recorded_at) OVER (PARTITION BY {Person}) AS recorded_at
            FROM leads l WHERE coalesce(l.merged_into, l.id) IN {Merged}) people
        WHERE merged_into IS NULL AND created_at < {until} AND recorded_at < {until}
        """);

    public string FillCalls => $"""
        INSERT INTO measured_calls SELECT {Person}, r.occurred_at FROM touches r JOIN leads l ON {_lead} WHERE r.type IN ('call', 'meeting') AND {_known}
        """;

    public IEnumerable<string> Index() =>
    [
        "CREATE INDEX measured_calls_of ON measured_calls (person, at)",
        "CREATE INDEX measured_values_of ON measured_values (person, segment)",
        .. postgres ? Tables.Take(4).Select(table => $"ANALYZE {table}") : [],
    ];

    /// <summary>Each MQL that is one for sales to call (<see cref="Funnel.HandOff.HandOffActions.IsNewMql"/>) with how long it waited for its first call and how long was promised, in microseconds.</summary>
    public string FillMqls(HandOffTimeline definitions) => string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO measured_mqls
        SELECT {Month("s.opened_at")}, (SELECT min(c.at) FROM measured_calls c WHERE c.person = s.person AND c.at >= s.opened_at) - s.opened_at,
            {Promised(definitions)}, {until} - s.opened_at
        FROM measured_stays s WHERE s.stage = {(int)Stage.MarketingQualified} AND s.prev <> {(int)Stage.SalesAccepted}
        """);

    /// <summary>The segment of each value of an attribute that is asked for; <c>@s0</c> and so on are the attributes' names, ASCII's letters in lower case: databases of either kind know no others here.</summary>
    public string FillValues(int segments) => $"""
        INSERT INTO measured_values
        SELECT {Person}, CASE lower(r.name) {string.Concat(Enumerable.Range(0, segments).Select(i => $"WHEN @s{i} THEN {i} "))}END, r.occurred_at, r.recorded_at, r.name, r.kind, r.number, {Segment()}
        FROM attributes r JOIN leads l ON {_lead} WHERE lower(r.name) IN ({string.Join(", ", Enumerable.Range(0, segments).Select(i => $"@s{i}"))}) AND {_known}
        """;

    public string Leads => $"""
        SELECT source, count(*), sum(won), sum(CASE WHEN won = 1 AND amounts = 0 THEN 1 ELSE 0 END), sum(won - moved) FROM (
            SELECT person, max(source) AS source, max(won) AS won, max(moved) AS moved, sum(amounts) AS amounts FROM (
                SELECT person, source, 1 AS known, 0 AS won, 0 AS moved, 0 AS amounts FROM measured_people
                UNION ALL SELECT {Person}, NULL, 0, 1, 0, CASE WHEN r.amount IS NULL THEN 0 ELSE 1 END FROM outcomes r JOIN leads l ON {_lead} WHERE {Won} AND {Deals}
                UNION ALL SELECT person, NULL, 0, 1, 1, 0 FROM measured_stays WHERE stage = {(int)Stage.Won}) facts
            GROUP BY person HAVING max(known) = 1) people
        GROUP BY source
        """;

    /// <summary>Exact sums: PostgreSQL adds decimals, SQLite is taught to.</summary>
    public string Amounts => $"""
        SELECT p.source, coalesce(r.currency, ''), {(postgres ? "sum(r.amount)::text" : "decimal_sum(r.amount)")}, count(*)
        FROM outcomes r JOIN leads l ON {_lead} JOIN measured_people p ON p.person = {Person} WHERE {Won} AND r.amount IS NOT NULL AND {Deals}
        GROUP BY p.source, coalesce(r.currency, '')
        """;

    public string Moves => $"SELECT {Month("opened_at")}, earlier, prev, stage, reason, count(*) FROM measured_stays WHERE n > 0 GROUP BY 1, 2, 3, 4, 5";

    /// <summary>As <see cref="Funnel.HandOff.HandOffActions.IsNewSql"/> has it.</summary>
    public string Sqls
    {
        get
        {
            static string Reached(string stage) => $"{stage} BETWEEN {(int)Stage.SalesQualified} AND {(int)Stage.Won}";
            return $"""
                SELECT {Month("opened_at")}, count(*) FROM measured_stays
                WHERE {Reached("stage")} AND NOT {Reached("prev")} AND NOT (prev = {(int)Stage.Lost} AND {Reached("earlier")}) GROUP BY 1
                """;
        }
    }

    public static string Calls =>
        """
        SELECT month, count(*), sum(CASE WHEN waited <= promised THEN 1 ELSE 0 END),
            sum(CASE WHEN waited > promised OR (waited IS NULL AND age > promised) THEN 1 ELSE 0 END),
            sum(CASE WHEN waited IS NULL AND age <= promised THEN 1 ELSE 0 END)
        FROM measured_mqls GROUP BY month
        """;

    /// <summary>Of each MQL how long it waited for its first call, or for how long in vain: the estimate of the middle needs each.</summary>
    public static string Waits => "SELECT month, coalesce(waited, age), CASE WHEN waited IS NULL THEN 0 ELSE 1 END FROM measured_mqls";

    /// <summary>Stays that can be left: the quartiles' estimate needs each.</summary>
    public string Stays => string.Create(CultureInfo.InvariantCulture, $"""
        SELECT stage, opened_at, closed_at FROM measured_stays
        WHERE stage NOT IN ({(int)Stage.Won}, {(int)Stage.Lost}, {(int)Stage.Disqualified}) AND opened_at < {until}
        """);

    /// <summary>Episodes of a link as <see cref="Funnel.Episodes.LinkEpisodes"/> has them: stays inside the span that follow one another, until one outside.</summary>
    /// <param name="place">The link's place in the funnel.</param>
    /// <param name="link">The link.</param>
    /// <param name="start">Episodes that began before this are left out.</param>
    public static string FillEpisodes(int place, FunnelLink link, long start)
    {
        string Inside(string stage) => $"{stage} >= {(int)link.From} AND {stage} < {(int)link.To} AND {stage} <= {(int)Stage.Won}";
        return string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO measured_episodes
            SELECT {place}, person, opened_at, closed_at, next FROM (
                SELECT person, island, min(opened_at) AS opened_at, CASE WHEN count(closed_at) < count(*) THEN NULL ELSE max(closed_at) END AS closed_at,
                    max(CASE WHEN {Inside("next")} THEN NULL ELSE next END) AS next
                FROM (
                    SELECT person, opened_at, closed_at, next, CASE WHEN {Inside("stage")} THEN 1 ELSE 0 END AS inside,
                        sum(CASE WHEN {Inside("stage")} THEN 0 ELSE 1 END) OVER (PARTITION BY person ORDER BY n ROWS UNBOUNDED PRECEDING) AS island
                    FROM measured_stays) marked
                WHERE inside = 1 GROUP BY person, island) episodes
            WHERE opened_at >= {start}
            """);
    }

    /// <summary>The episodes with their segments: the latest value at the start, or the first that was told later, in the order of <see cref="Funnel.Leads.LeadHistory"/>. The estimate needs each.</summary>
    public static string Episodes(int segments)
    {
        string values = string.Concat(Enumerable.Range(0, segments).Select(segment =>
        {
            string of = $"SELECT v.value FROM measured_values v WHERE v.person = e.person AND v.segment = {segment}";
            string Order(string way) => "ORDER BY " + string.Join(", ", "at recorded name kind number value".Split(' ').Select(column => $"v.{column}{way}"));
            return $", coalesce(({of} AND v.at <= e.opened_at {Order(" DESC")} LIMIT 1), ({of} {Order("")} LIMIT 1))";
        }));
        return $"SELECT e.link, e.opened_at, e.closed_at, e.next, p.source{values} FROM measured_episodes e JOIN measured_people p ON p.person = e.person";
    }

    private string Won => postgres ? "r.won" : "r.won = 1";

    private string Month(string instant) => postgres
        ? $"to_char(to_timestamp({instant} / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM')"
        : $"strftime('%Y-%m', {instant} / 1000000, 'unixepoch')";

    private static string Number(string stage) => $"CASE {stage} {string.Concat(Enum.GetValues<Stage>().Select(one => $"WHEN '{one}' THEN {(int)one} "))}END";

    /// <summary>What <see cref="SegmentNames"/> calls a value, but for the trimming of texts; a value that was cleared is an empty one.</summary>
    private static string Segment()
    {
        string bands = string.Concat(SegmentNames.NumberBands.SkipLast(1).Select(band => string.Create(CultureInfo.InvariantCulture, $"WHEN r.number >= {band.From} THEN '{band.Name}' ")));
        return $"CASE r.kind WHEN 1 THEN r.text WHEN 2 THEN CASE {bands}ELSE '{SegmentNames.NumberBands[^1].Name}' END WHEN 3 THEN CASE WHEN r.number = 1 THEN 'yes' ELSE 'no' END ELSE '' END";
    }

    private static string Promised(HandOffTimeline definitions)
    {
        string cases = string.Concat(definitions.Versions.Reverse().TakeWhile(version => version.From is not null).Select(version => string.Create(
            CultureInfo.InvariantCulture,
            $"WHEN s.opened_at >= {Funnel.Time.UtcTime.ToMicroseconds(version.From!.Value)} THEN {Longest(version)} ")));
        HandOffDefinition first = definitions.Versions.LastOrDefault(version => version.From is null) ?? definitions.Versions[0];
        return $"CASE {cases}WHEN s.opened_at IS NOT NULL THEN {Longest(first)} END";
    }

    /// <summary>The longest wait in whole microseconds that keeps the promise.</summary>
    private static string Longest(HandOffDefinition version)
    {
        if (version.FirstCallHours is not { } hours)
        {
            return "CAST(NULL AS bigint)";
        }

        long longest = (long)(hours * 3.6e9) + 1;
        while (TimeSpan.FromMicroseconds(longest).TotalHours > hours)
        {
            longest--;
        }

        return longest.ToString(CultureInfo.InvariantCulture);
    }
}
