using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Scoring.Comparison;

/// <summary>Model against rules on the same later leads. Serialisable as JSON; undefined figures are null there.</summary>
public sealed record ComparisonReport
{
    /// <summary>Leads.</summary>
    public required int N { get; init; }

    /// <summary>Leads that converted.</summary>
    public required int Converted { get; init; }

    /// <summary><see cref="Converted"/> / <see cref="N"/>.</summary>
    public required double BaseRate { get; init; }

    /// <summary>Which of the two to believe; see <see cref="VerdictRule"/>.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The verdict in plain words, with the figures and the interval it rests on.</summary>
    public required string Sentence { get; init; }

    /// <summary>The model's figures; its bands are of probability.</summary>
    public required EvaluationReport Model { get; init; }

    /// <summary>The rules' figures: probabilities fitted to the points, ranks and bands by the points themselves.</summary>
    public required EvaluationReport Scorecard { get; init; }

    /// <summary>Model minus rules, with paired 95 % intervals.</summary>
    public required PairedReport Difference { get; init; }

    /// <summary>Where the two agree and where they do not.</summary>
    public required DisagreementReport Disagreement { get; init; }

    /// <summary>What each list catches at every capacity; null in versions that were published before there was one.</summary>
    public CaptureReport? Capture { get; init; }

    /// <summary>The same question asked of each segment; empty where none was given.</summary>
    public IReadOnlyList<SegmentComparison> Segments { get; init; } = [];
}
