using System.Globalization;
using System.Text;

namespace LeadPredict.Artifacts.Cards;

/// <summary>Writes a model card: what a model predicts, from what, how well, and where not to trust it.</summary>
public static class ModelCard
{
    /// <summary>The card in Markdown, with LF line ends: the same content gives the same text.</summary>
    public static string Write(ModelCardContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var card = new StringBuilder();
        Line(card, $"# Model card: {Plain(content.Name)}");
        List(card, "What it predicts", content.Predicts, "Not said.");
        List(card, "Data", Data(content), "Not said.");
        List(card, "Training", [.. content.Training.Select(option => $"{option.Name}: {option.Value}")], "Not said.");
        Heading(card, "How well, on held-out leads");
        if (content.Figures.Count == 0)
        {
            Line(card, "Not measured: no leads were held out.");
        }

        foreach (ModelCardFigures figures in content.Figures)
        {
            Table(card, figures);
        }

        List(card, "Calibration", content.Calibration, "None.");
        Heading(card, "Against the scorecard");
        Line(card, content.Verdict is { } verdict ? Plain(verdict) : "Not compared.");
        List(card, "Leak report", content.Leaks, "No column looked like a leak.");
        List(card, "Limits", content.Limits, "Not said.");
        return card.ToString();
    }

    private static List<string> Data(ModelCardContent content)
    {
        var lines = new List<string>();
        if (content.DataFrom is { } from && content.DataUntil is { } until)
        {
            // The end is exclusive: the last day is that of the moment before it.
            lines.Add($"From {Day(from)} until {Day(until.AddTicks(-1))}");
        }

        if (content.TestFrom is { } test)
        {
            lines.Add($"Held-out leads from {Day(test)}");
        }

        lines.AddRange(content.Counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Name}: {count.Count:N0}")));
        return lines;
    }

    private static void Table(StringBuilder card, ModelCardFigures figures)
    {
        Line(card, $"{Plain(figures.Title)}:");
        Line(card, "");
        Line(card, "| figure | value | 95 % interval |");
        Line(card, "| --- | ---: | --- |");
        foreach (ModelCardFigure figure in figures.Rows)
        {
            string interval = figure.Low is { } low && figure.High is { } high ? $"{Number(low)} to {Number(high)}" : "";
            Line(card, $"| {Plain(figure.Name)} | {(figure.IsCount ? Count(figure.Value) : Number(figure.Value))} | {interval} |");
        }

        Line(card, "");
    }

    private static void List(StringBuilder card, string heading, IReadOnlyList<string> lines, string otherwise)
    {
        Heading(card, heading);
        if (lines.Count == 0)
        {
            Line(card, otherwise);
        }

        foreach (string line in lines)
        {
            Line(card, "- " + Plain(line));
        }
    }

    private static void Heading(StringBuilder card, string heading)
    {
        Line(card, "");
        Line(card, "## " + heading);
        Line(card, "");
    }

    private static string Number(double value) =>
        !double.IsFinite(value) ? "-" : Math.Abs(value) >= 100 ? Count(value) : value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Column names come from foreign files: they must not break a table or become markup.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            _ = c switch
            {
                '|' or '<' or '`' or '*' or '[' or ']' => plain.Append('\\').Append(c),
                < ' ' => plain.Append(' '),
                _ => plain.Append(c),
            };
        }

        return plain.ToString();
    }

    private static void Line(StringBuilder card, string line) => card.Append(line).Append('\n');
}
