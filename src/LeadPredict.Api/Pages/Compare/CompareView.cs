using LeadPredict.Artifacts;
using LeadPredict.Scoring.Comparison;

namespace LeadPredict.Api.Pages.Compare;

/// <summary>What the page of model and rules shows: one stored comparison, at one capacity.</summary>
public sealed record CompareView
{
    private const double UsualShare = 0.2;

    /// <summary>The script takes the same.</summary>
    private const double Near = 0.01;

    /// <summary>The version that is compared.</summary>
    public required string Model { get; init; }

    /// <summary>The question: <c>close</c> or <c>sql</c>.</summary>
    public required string Question { get; init; }

    /// <summary>The questions that can be asked.</summary>
    public required IReadOnlyList<string> Questions { get; init; }

    /// <summary>The comparison.</summary>
    public required ComparisonReport Report { get; init; }

    /// <summary>What is called a converted lead here: <c>win</c> or <c>SQL</c>.</summary>
    public string Win => Question == "close" ? "win" : "SQL";

    /// <summary>The same of several.</summary>
    public string Wins => Win + "s";

    /// <summary>Of the leads that the comparison shows as examples those that the store has: another store's, and who was forgotten, are not shown.</summary>
    public IReadOnlySet<string> Known { get; init; } = new HashSet<string>();

    /// <summary>The examples of a quadrant that are shown.</summary>
    public IEnumerable<DisagreementLead> Examples(DisagreementQuadrant quadrant) => quadrant.Examples.Where(lead => Known.Contains(lead.LeadId));

    /// <summary>The step of the capture that is looked at.</summary>
    public int Step { get; init; }

    /// <summary>Whether nobody said a capacity, so that <see cref="Wanted"/> is <see cref="UsualCapacity"/>.</summary>
    public bool IsUsual { get; init; }

    /// <summary>The capacity that was asked for; the nearest that is told of is <see cref="Capacity"/>.</summary>
    public double Wanted { get; init; }

    /// <summary>Leads a week on the later leads that were judged, or null when that is not known.</summary>
    public double? LeadsPerWeek => Report.Capture?.Days is { } days and > 0 ? Report.N / days * 7 : null;

    /// <summary>How long the judged leads came in, in words: what a list catches it catches in this time. Null when that is not known.</summary>
    public string? Weeks => Report.Capture?.Days is { } days and > 0 ? Shell.Figure.Plural(days / 7, "week") : null;

    /// <summary>The capacity as leads a week, where weeks are known, else as leads in all.</summary>
    public double Capacity => PerWeek(Called);

    /// <summary>The capacity in words: what was asked for, unless <see cref="Capacity"/> is off by more than a hundredth.</summary>
    public double Told => Math.Abs(Capacity - Wanted) <= Capacity * Near ? Wanted : Capacity;

    /// <summary>The most that can be called.</summary>
    public double MostCapacity => PerWeek(Report.N);

    /// <summary>Where the page begins: a fifth of the leads, as a whole number of at least 1.</summary>
    public double UsualCapacity => Math.Max(1, Math.Round(MostCapacity * UsualShare, MidpointRounding.AwayFromZero));

    /// <summary>What the capacity counts.</summary>
    public string Unit => LeadsPerWeek is null ? "leads" : "leads a week";

    /// <summary>How many of the judged leads are called.</summary>
    public int Called => Report.Capture?.Called[Step] ?? 0;

    /// <summary>Wins more by the model's list than by the rules'.</summary>
    public double More => Report.Capture is { } capture ? capture.Model[Step] - capture.Rules[Step] : 0;

    /// <summary>Reads the view.</summary>
    /// <param name="artifact">The version.</param>
    /// <param name="question">Which question; null takes the one that can be answered.</param>
    /// <param name="capacity">Leads a week that can be called; null takes <see cref="UsualCapacity"/>.</param>
    /// <returns>The view, or null when the version was not compared with rules.</returns>
    public static CompareView? Of(ModelArtifact artifact, string? question, double? capacity)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        if (artifact.ComparisonJson is not { } json || StoredComparison.Read(json) is not { } stored || (stored.Close ?? stored.Sql) is null)
        {
            return null;
        }

        bool closeIsTold = stored.Close is { } close && !(VerdictRule.HasTooFew(close.Difference) && stored.Sql is not null);
        string asked = question switch
        {
            "close" when stored.Close is not null => "close",
            "sql" when stored.Sql is not null => "sql",
            _ => closeIsTold ? "close" : stored.Sql is null ? "close" : "sql",
        };
        ComparisonReport report = asked == "close" ? stored.Close! : stored.Sql!;
        var view = new CompareView
        {
            Model = artifact.ToString(),
            Question = asked,
            Questions = [.. new[] { ("close", stored.Close), ("sql", stored.Sql) }.Where(one => one.Item2 is not null).Select(one => one.Item1)],
            Report = report,
        };
        if (report.Capture is not { } capture)
        {
            return view;
        }

        bool isSaid = capacity is { } said && double.IsFinite(said) && said >= 0;
        double wanted = isSaid ? capacity!.Value : view.UsualCapacity;
        return view with { IsUsual = !isSaid, Wanted = wanted, Step = Nearest(capture, view.LeadsPerWeek is { } week ? wanted / week * report.N : wanted) };
    }

    /// <summary>The script finds the same.</summary>
    private static int Nearest(CaptureReport capture, double called)
    {
        int below = capture.StepOf(called);
        return below + 1 < capture.Called.Length && capture.Called[below + 1] - called < called - capture.Called[below] ? below + 1 : below;
    }

    /// <summary>A number of judged leads as a capacity.</summary>
    public double PerWeek(double called) => LeadsPerWeek is { } week ? called / Report.N * week : called;

    /// <summary>The verdict in a few words.</summary>
    public string Headline => Report.Verdict switch
    {
        Verdict.ModelWins => "The model wins.",
        Verdict.RulesWin => "The rules win.",
        _ => "Too close to call.",
    };

    /// <summary>What follows from the verdict.</summary>
    public string Advice => Report.Verdict switch
    {
        Verdict.ModelWins => "call by the model’s list. Keep the rules for talking about leads.",
        Verdict.RulesWin => "keep calling by the points. The model has not earned it yet.",
        _ when VerdictRule.HasTooFew(Report.Difference) => "go on as you do today, and come back when more leads are decided.",
        _ when Report.Disagreement.Quadrants is [{ N: > 0, Rate: { } rate }, ..] =>
            $"neither list is proven better, so keep yours, and call first the leads that both rank high: {Shell.Figure.Percent(rate)} of them converted, against {Shell.Figure.Percent(Report.BaseRate)} of all.",
        _ => "neither list is proven better, so keep yours.",
    };

    /// <summary>The groups in which the rules win, over all attributes.</summary>
    public IEnumerable<(string Attribute, GroupComparison Group)> WhereRulesWin =>
        Report.Segments.SelectMany(segment => segment.Groups.Where(group => group.Verdict == Verdict.RulesWin).Select(group => (segment.Attribute, group)));
}
