using System.Globalization;
using LeadPredict.Scoring.Leads;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train;
using LeadPredict.Training.Train.History;
using Spectre.Console;

namespace LeadPredict.Training.Quickstart;

/// <summary>What the quickstart came to.</summary>
internal sealed record QuickstartResult(PublishedModel Published, TrainedHistory Trained, IReadOnlyList<LeadScore> Scores)
{
    private HistoryJudgement Judgement => Trained.Judgement;

    /// <summary>The one JSON object.</summary>
    public object Json => new
    {
        model = new { name = Published.Name, version = Published.Version },
        metrics = new { sql = FigureSummary.Of(Judgement.Sql?.Model), close = FigureSummary.Of(Judgement.Close?.Model) },
        scorecard = new { sql = FigureSummary.Of(Judgement.Sql?.Rules), close = FigureSummary.Of(Judgement.Close?.Rules) },
        verdict = Judgement.Verdict,
        testFrom = Trained.Examples.TestStart,
        fitSeconds = Trained.FitSeconds,
        scores = Scores.Select(score => new
        {
            score.LeadId,
            sql = score.Probabilities.Sql?.Value,
            close = score.Probabilities.Close?.Value,
            score.Score,
            score.Grade,
            points = score.Scorecard?.Points,
            because = score.Reasons.Take(3).Select(reason => reason.Text),
        }),
    };

    public void Print(ConsoleHost host)
    {
        foreach (string line in Published.Lines)
        {
            host.Out.WriteLine(line);
        }

        host.Out.WriteLine();
        var table = new Table().Title($"open leads, most promising first, as of {Trained.Examples.ObservedUntil:yyyy-MM-dd}")
            .AddColumn("lead").AddColumn("P(SQL)").AddColumn("P(close)").AddColumn("score").AddColumn("grade").AddColumn("points").AddColumn("because");
        foreach (LeadScore score in Scores)
        {
            table.AddRow(
                Markup.Escape(score.LeadId),
                Percent(score.Probabilities.Sql?.Value),
                Percent(score.Probabilities.Close?.Value),
                score.Score?.ToString(CultureInfo.InvariantCulture) ?? "-",
                score.Grade ?? "-",
                score.Scorecard?.Points.ToString("0", CultureInfo.InvariantCulture) ?? "-",
                Markup.Escape(string.Join("; ", score.Reasons.Take(2).Select(reason => reason.Text))));
        }

        host.Render(table);
    }

    private static string Percent(double? value) => value is { } known ? known.ToString("P0", CultureInfo.InvariantCulture) : "-";
}
