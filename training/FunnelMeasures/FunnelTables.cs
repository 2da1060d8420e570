using System.Globalization;
using LeadPredict.Funnel.Measures;
using LeadPredict.Training.Hosting;
using Spectre.Console;

namespace LeadPredict.Training.FunnelMeasures;

/// <summary>Draws the funnel's figures as tables.</summary>
internal static class FunnelTables
{
    public static void Print(ConsoleHost host, FunnelReport report)
    {
        host.Out.WriteLine(FormattableString.Invariant($"{report.Leads} leads, observed until {report.ObservedUntil:yyyy-MM-dd}"));
        foreach (LinkMeasure link in report.Links)
        {
            string title = FormattableString.Invariant($"{link.From} to {link.To} within {link.HorizonDays:0} days");
            host.Render(Groups(title + ", by month of start", [.. link.Cohorts, link.All]));
            host.Render(Groups(title + ", by source", link.Sources));
            foreach (SegmentConversion segment in link.Segments)
            {
                host.Render(Groups($"{title}, by {segment.Attribute}", segment.Groups));
            }

            if (link.Bands.Count > 0)
            {
                host.Render(Groups(title + ", by score band", link.Bands));
            }
        }

        if (report.BandsFrom is not null)
        {
            host.Out.WriteLine("Score bands: " + report.BandsFrom);
            foreach (LinkMeasure link in report.Links.Where(link => link.WithoutBand > 0))
            {
                host.Out.WriteLine(FormattableString.Invariant(
                    $"{link.From} to {link.To}: {link.WithoutBand} of {link.All.Episodes} episodes have no band: they were over before they were known, have no length, or are of leads that are not scored."));
            }
        }

        Table stages = New("days in stage", "stage", "stays", "open", "a quarter left by", "half left by", "three quarters by");
        foreach (StageTime time in report.TimeInStage)
        {
            Row(stages, time.Stage, time.Stays, time.Open, Days(time.QuarterDays), Days(time.MedianDays), Days(time.ThreeQuarterDays));
        }

        host.Render(stages);
        Table revenue = New("revenue by source", "source", "leads", "won", "revenue", "won without amount", "won without move");
        foreach (SourceRevenue source in report.Revenue)
        {
            Row(revenue, Markup.Escape(source.Source), source.Leads, source.Won, Markup.Escape(string.Join(", ", source.Amounts.Select(Amount))), source.WonWithoutAmount, source.WonWithoutMove);
        }

        host.Render(revenue);
        Table reasons = New("why", "decision", "reason", "times", "share");
        foreach (ReasonCount reason in report.Reasons)
        {
            Row(reasons, reason.Action, Markup.Escape(reason.Text), reason.Count, Percent(reason.Share));
        }

        host.Render(reasons);
        Promises(host, report);
    }

    private static void Promises(ConsoleHost host, FunnelReport report)
    {
        Table sqls = New("SQLs a month", "month", "reached", "promised", "");
        foreach (PromisedSqls month in report.Sqls)
        {
            Row(sqls, month.Month, month.Reached, month.Promised?.ToString(CultureInfo.InvariantCulture) ?? "-", month.State == PromiseState.NotPromised ? "" : month.State);
        }

        host.Render(sqls);
        Table calls = New("first calls to MQLs", "month", "MQLs", "promised within hours", "kept", "missed", "running", "median hours");
        foreach (PromisedCalls month in report.FirstCalls)
        {
            Row(calls, month.Month, month.Mqls, month.WithinHours?.ToString("0.#", CultureInfo.InvariantCulture) ?? "-", month.Kept, month.Missed, month.Running, Days(month.MedianHours));
        }

        host.Render(calls);
    }

    private static Table Groups(string title, IReadOnlyList<GroupConversion> groups)
    {
        Table table = New(title, "", "episodes", "converted so far", "open", "of mature", "estimate at the end", "95 % interval", "");
        foreach (GroupConversion group in groups)
        {
            Row(
                table,
                Markup.Escape(group.Name),
                group.Episodes,
                group.Converted,
                group.Open,
                group.MatureRate is { } rate ? $"{Percent(rate)} of {group.Mature}" : "-",
                group.Estimate is { } share ? Percent(share.Value) : "not known yet",
                group.Estimate is { } around ? $"{Percent(around.Low)} to {Percent(around.High)}" : "",
                group.IsMature ? "" : "immature");
        }

        return table;
    }

    private static Table New(string title, params string[] columns)
    {
        Table table = new Table().Title(Markup.Escape(title));
        foreach (string column in columns)
        {
            table.AddColumn(column);
        }

        return table;
    }

    private static void Row(Table table, params object[] cells) =>
        table.AddRow([.. cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "")]);

    private static string Amount(RevenueAmount amount) => string.Create(CultureInfo.InvariantCulture, $"{amount.Amount:#,0} {amount.Currency}");

    private static string Days(double? days) => days?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-";

    private static string Percent(double share) => share.ToString("P1", CultureInfo.InvariantCulture);
}
