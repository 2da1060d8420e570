using System.Globalization;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Storage.Measures;

/// <content>The stays in stages, and which rows do not count beside others.</content>
internal sealed partial class FunnelStatements
{
    /// <summary>Stays as <see cref="Funnel.Episodes.StageEpisode"/> has them: entering the stage that one is in begins none, and the one as a lead is there unless the lead came in later.</summary>
    public string FillStays => $"""
        INSERT INTO measured_stays
        WITH recorded AS (
            SELECT {Person} AS person, {Number("r.stage")} AS stage, r.occurred_at AS moved, r.recorded_at AS recorded, r.id, r.reason
            FROM transitions r JOIN leads l ON {_lead} WHERE {_known} AND {NotOnlyPlanned(when: " AND h.occurred_at >= r.occurred_at")}),
        {WithoutCutEntries("recorded", "moves")},
        told AS (
            SELECT person, stage, moved, reason, lag(stage, 1, 0) OVER w AS prev, row_number() OVER w AS n
            FROM moves WINDOW w AS (PARTITION BY person ORDER BY moved, recorded, stage, id)),
        stays AS (
            SELECT person, n, stage, prev, moved, reason FROM told WHERE stage <> prev
            UNION ALL SELECT person, 0, 0, 0, created_at, NULL FROM measured_people),
        followed AS (
            SELECT person, n, stage, prev, lag(prev, 1, 0) OVER w AS earlier, moved, lead(moved) OVER w AS closed_at, lead(stage) OVER w AS next, reason
            FROM stays WINDOW w AS (PARTITION BY person ORDER BY n))
        SELECT person, n, stage, prev, earlier, moved, closed_at, next, reason FROM followed WHERE n > 0 OR closed_at IS NULL OR closed_at > moved
        """;

    /// <summary>As <see cref="Funnel.Leads.CutEntries"/> has it: minutes are counted from the year 1, so that a division never rounds up. Moves of nobody who is measured are left out.</summary>
    private static string WithoutCutEntries(string moves, string without)
    {
        static string Since(string instant) => string.Create(CultureInfo.InvariantCulture, $"({instant} + {-Funnel.Time.UtcTime.ToMicroseconds(DateTimeOffset.MinValue)})");
        long length = (long)TimeSpan.FromMinutes(1).TotalMicroseconds;
        return string.Create(CultureInfo.InvariantCulture, $"""
            minutes AS (
                SELECT m.person, m.stage, m.moved, m.recorded, m.id, m.reason, {Since("m.moved")} / {length} AS minute,
                    CASE WHEN {Since("m.moved")} % {length} = 0 THEN 1 ELSE 0 END AS cut,
                    CASE WHEN m.stage = {(int)Stage.Lead} AND {Since("m.moved")} / {length} = {Since("p.created_at")} / {length} THEN 1 ELSE 0 END AS began,
                    CASE WHEN m.recorded > m.moved THEN m.recorded ELSE m.moved END AS known
                FROM {moves} m JOIN measured_people p ON p.person = m.person),
            entries AS (
                SELECT person, stage, moved, recorded, id, reason, minute, cut, began, sum(cut) OVER entry AS cuts, sum(1 - cut) OVER entry AS wholes,
                    min(CASE WHEN cut = 1 THEN known END) OVER entry AS cut_known, max(CASE WHEN cut = 0 THEN known END) OVER entry AS whole_known,
                    max(CASE WHEN cut = 0 THEN moved END) OVER entry AS whole_moved, max(CASE WHEN cut = 0 THEN recorded END) OVER entry AS whole_recorded,
                    row_number() OVER (PARTITION BY person, minute, stage, cut ORDER BY recorded, id) AS nth
                FROM minutes WINDOW entry AS (PARTITION BY person, minute, stage)),
            compared AS (
                SELECT person, stage, moved, recorded, id, reason, minute, cut, cuts, wholes, whole_moved, whole_recorded,
                    CASE WHEN (cut = 0 AND cut_known > whole_known) OR (cut = 1 AND (nth > 1 OR cut_known <= whole_known)) THEN 1 ELSE 0 END AS known_first,
                    CASE WHEN wholes = 1 AND cuts > 0 AND ((cut = 0 AND cut_known > whole_known) OR (nth = 1 AND cut = 1 AND cut_known <= whole_known)) THEN 1 ELSE 0 END AS stands,
                    max(CASE WHEN wholes > 1 OR (wholes = 1 AND cuts = 0 AND began = 0) THEN 1 ELSE 0 END) OVER one_minute AS again, max(cut) OVER one_minute AS any_cut
                FROM entries WINDOW one_minute AS (PARTITION BY person, minute)),
            ordered AS (
                SELECT person, stage, moved, recorded, id, reason, minute, cut, cuts, wholes, known_first, again, any_cut,
                    CASE WHEN stands = 1 AND (lag(whole_moved) OVER standing, lag(whole_recorded) OVER standing, lag(stage) OVER standing) > (whole_moved, whole_recorded, stage)
                        THEN 1 ELSE 0 END AS turns
                FROM compared WINDOW standing AS (PARTITION BY person, minute, stands ORDER BY moved, recorded, stage)),
            turned AS (
                SELECT person, stage, moved, recorded, id, reason, cut, cuts, wholes, known_first, again, any_cut, max(turns) OVER one_minute AS turned
                FROM ordered WINDOW one_minute AS (PARTITION BY person, minute)),
            {without} AS (
                SELECT person, stage, moved, recorded, id, reason FROM turned
                WHERE again = 1 OR any_cut = 0 OR wholes = 0 OR (turned = 0 AND known_first = 1) OR (turned = 1 AND cut = 0 AND cuts > 0))
            """);
    }

    /// <summary>As <see cref="Funnel.Leads.PlannedEnds"/> has it. An outcome's identifier is its own in the whole store.</summary>
    private static string NotOnlyPlanned(string id = "r.id", string when = "")
    {
        string planned = Funnel.Leads.PlannedEnds.Suffix;
        return string.Create(CultureInfo.InvariantCulture, $"""
            CASE WHEN {EndsWith(id, planned)} THEN (SELECT count(*) FROM outcomes h WHERE h.id = substr({id}, 1, length({id}) - {planned.Length}){when}) ELSE 0 END = 0
            """);
    }

    /// <summary>Outcomes that are known and count, each as its last correction has it (<see cref="Funnel.Leads.CorrectedAmounts"/>): known is what it corrects.</summary>
    private string Deals
    {
        get
        {
            string corrected = Funnel.Leads.CorrectedAmounts.Suffix;
            string first = $"replace(r.id, '{corrected}', '')";
            return string.Create(CultureInfo.InvariantCulture, $"""
                r.occurred_at < {until} AND CASE WHEN {EndsWith("r.id", corrected)} THEN (SELECT f.recorded_at FROM outcomes f WHERE f.id = {first}) ELSE r.recorded_at END < {until}
                AND NOT EXISTS (SELECT 1 FROM outcomes c WHERE c.id = r.id || '{corrected}') AND {NotOnlyPlanned(first)}
                """);
        }
    }

    private static string EndsWith(string text, string end) => string.Create(CultureInfo.InvariantCulture, $"substr({text}, length({text}) - {end.Length - 1}) = '{end}'");
}
