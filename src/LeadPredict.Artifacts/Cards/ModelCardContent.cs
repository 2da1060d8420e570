using System.Collections.Immutable;

namespace LeadPredict.Artifacts.Cards;

/// <summary>What a model card tells. Everything comes from the training data and options: no wall clock, so that retraining writes the same bytes.</summary>
public sealed record ModelCardContent
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it predicts, a sentence for each probability, for example "P(SQL): a marketing-qualified lead is qualified by sales within 90 days."</summary>
    public required IReadOnlyList<string> Predicts { get; init; }

    /// <summary>The learner and its options, name and value in order.</summary>
    public IReadOnlyList<(string Name, string Value)> Training { get; init; } = [];

    /// <summary>The instant of the first example (inclusive), or null for tables.</summary>
    public DateTimeOffset? DataFrom { get; init; }

    /// <summary>The end of what was observed (exclusive), or null for tables.</summary>
    public DateTimeOffset? DataUntil { get; init; }

    /// <summary>Where the later, held-out leads begin, or null when none were held out by time.</summary>
    public DateTimeOffset? TestFrom { get; init; }

    /// <summary>Counts, name and number in order, for example training examples, converted, censored and left out.</summary>
    public IReadOnlyList<(string Name, long Count)> Counts { get; init; } = [];

    /// <summary>Figures on held-out leads, a table for each probability.</summary>
    public IReadOnlyList<ModelCardFigures> Figures { get; init; } = [];

    /// <summary>How each probability was calibrated, a sentence each.</summary>
    public IReadOnlyList<string> Calibration { get; init; } = [];

    /// <summary>The verdict of the comparison with the scorecard in a sentence, or null when it was not compared.</summary>
    public string? Verdict { get; init; }

    /// <summary>Leaks found, accepted or dropped, a sentence each; empty when none were found.</summary>
    public IReadOnlyList<string> Leaks { get; init; } = [];

    /// <summary>What it must not be used for and where it is weak, a sentence each.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];
}

/// <summary>The figures of one probability.</summary>
/// <param name="Title">For example <c>P(SQL)</c>.</param>
/// <param name="Rows">In the order of the table.</param>
public sealed record ModelCardFigures(string Title, ImmutableArray<ModelCardFigure> Rows);

/// <summary>One figure.</summary>
/// <param name="Name">For example <c>AUC</c>.</param>
/// <param name="Value">The figure; NaN is written as a dash.</param>
/// <param name="Low">The lower end of its 95 % interval, or null when it has none.</param>
/// <param name="High">The upper end, or null.</param>
/// <param name="IsCount">Whether it counts something, and so is a whole number.</param>
public sealed record ModelCardFigure(string Name, double Value, double? Low = null, double? High = null, bool IsCount = false);
