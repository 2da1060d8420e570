using System.Globalization;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Drift;
using LeadPredict.Features;
using LeadPredict.Learning.Drift;

namespace LeadPredict.Api.Boards;

/// <summary>How the leads that came lately differ, at the hand-over, from those that a model learned from. Immutable.</summary>
/// <param name="From">Since when leads are lately, included.</param>
/// <param name="Until">Until when, excluded.</param>
/// <param name="Leads">How many there are.</param>
/// <param name="BaseRate">The share of the leads that the model learned from that converted.</param>
/// <param name="Inputs">Every input of the model, those that moved by more than chance first, the most moved first.</param>
public sealed record InputDrift(DateTimeOffset From, DateTimeOffset Until, long Leads, double BaseRate, IReadOnlyList<MovedInput> Inputs)
{
    /// <summary>With fewer leads the figures are mostly chance.</summary>
    public const int FewestLeads = DriftTally.LeastRows;

    /// <summary>Whether there are leads enough to tell.</summary>
    public bool CanTell => Leads >= FewestLeads;
}

/// <summary>An input of the model, then and now.</summary>
/// <param name="Name">The feature.</param>
/// <param name="StabilityIndex">The population stability index: 0 when nothing changed.</param>
/// <param name="Chance">Chance alone stays below this 99 times in 100.</param>
/// <param name="Where">The values whose share changed most, in words.</param>
/// <param name="Then">Their share among the leads that the model learned from.</param>
/// <param name="Now">Their share lately.</param>
public sealed record MovedInput(string Name, double StabilityIndex, double Chance, string Where, double Then, double Now)
{
    /// <summary>From this index on an input has moved a little.</summary>
    public const double Little = 0.1;

    /// <summary>Whether it is spread so differently that the model should learn anew.</summary>
    public bool IsMajor => IsMoved && StabilityIndex >= DriftTally.Major;

    /// <summary>Whether it moved, by more than chance.</summary>
    public bool IsMoved => StabilityIndex >= Little && StabilityIndex > Chance;
}

/// <summary>Counts the inputs of leads that came in the last 90 days of a history.</summary>
internal sealed class InputTally
{
    private static readonly TimeSpan Lately = TimeSpan.FromDays(90);
    private readonly FeatureSchema _schema;
    private readonly TrainingReference _then;
    private readonly DateTimeOffset _until;
    private readonly DriftTally _now;

    private InputTally(FeatureSchema schema, TrainingReference then, DateTimeOffset until)
    {
        (_schema, _then, _until) = (schema, then, until);
        _now = new(then.Columns, then.Rows);
    }

    /// <returns>Null for a model that keeps nothing to hold later leads against.</returns>
    public static InputTally? For(ModelArtifact model, DateTimeOffset observedUntil) =>
        TrainingReference.Of(model) is { } then ? new(model.Schema, then, observedUntil) : null;

    /// <param name="at">When the lead was at the hand-over.</param>
    /// <param name="row">Its inputs then.</param>
    /// <param name="account">Whose lead it is; those of an account come one after the other.</param>
    public void Add(DateTimeOffset at, ReadOnlySpan<float> row, string account)
    {
        if (at >= _until - Lately && at < _until)
        {
            _now.Observe(row, account);
        }
    }

    public InputDrift Report() => new(
        _until - Lately,
        _until,
        _now.Rows,
        _then.BaseRate,
        _now.Rows == 0 ? [] : [.. _now.Columns().Select(drift => new MovedInput(drift.Column, drift.StabilityIndex, drift.Chance, Where(drift), drift.Then, drift.Now))
            .OrderByDescending(input => input.IsMoved).ThenByDescending(input => input.StabilityIndex)]);

    private string Where(ColumnDrift drift)
    {
        int column = _schema.IndexOf(drift.Column);
        ColumnShape shape = _then.Columns[column];
        int place = drift.MostMoved;
        if (place == shape.Shares.Length - 1)
        {
            return "not known";
        }

        if (_schema.Features[column].Kind == FeatureKind.Categorical)
        {
            return _schema.Features[column].Categories[place];
        }

        string Edge(int edge) => shape.Edges[edge].ToString(MathF.Abs(shape.Edges[edge]) < 1000 ? "G3" : "0", CultureInfo.InvariantCulture);
        if (shape.IsOneValue)
        {
            return place == 0 ? $"below {Edge(0)}" : place == 1 ? Edge(0) : $"above {Edge(0)}";
        }

        return place == 0 ? $"below {Edge(0)}" : place == shape.Edges.Length ? $"{Edge(place - 1)} and more" : $"{Edge(place - 1)} to below {Edge(place)}";
    }
}
