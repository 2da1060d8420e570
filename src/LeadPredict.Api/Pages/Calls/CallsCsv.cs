using System.Globalization;
using System.Text;
using LeadPredict.Api.Answers;
using LeadPredict.Api.Boards;

namespace LeadPredict.Api.Pages.Calls;

/// <summary>The call list as CSV (RFC 4180), with a byte-order mark, without which spreadsheets take it for the local code page. Texts that a spreadsheet would take for a formula get an apostrophe in front.</summary>
public static class CallsCsv
{
    /// <summary>Writes the rows with a header.</summary>
    public static string Write(IEnumerable<CallRow> rows, CallBoard board)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(board);
        var text = new StringBuilder("\uFEFFrank,leadId,account,jobTitle,source,stage,stageSince,probability,low,high,score,grade,points,rulesGrade,worth,currency,action,owner,because,why,callDue,goal,assumes,agreement\r\n");
        int rank = 0;
        foreach (CallRow row in rows)
        {
            string?[] cells =
            [
                (++rank).ToString(CultureInfo.InvariantCulture), Text(row.LeadId), Text(row.Account), Text(row.JobTitle), Text(row.Source), row.Stage.ToString(),
                Instant(row.StageSince), Number(row.Probability.Value), Number(row.Probability.Low), Number(row.Probability.High),
                row.Score.ToString(CultureInfo.InvariantCulture), row.Grade, Number(row.Points), row.RulesGrade, Number(row.Worth), board.Deals?.Currency,
                Text(row.Next.Action), row.Next.Owner, Text(row.Next.Because), Text(string.Join("; ", row.Why)), row.CallDue is { } due ? Instant(due) : null,
                board.Goal?.ToString(), row.Assumes?.ToString(), ScoreJson.Agreements[(int)row.Agreement],
            ];
            text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    private static string? Text(string? text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;

    private static string Cell(string? text) =>
        text is null ? "" : text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string? Number(double? number) => number?.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
