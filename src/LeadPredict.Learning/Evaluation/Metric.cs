using System.Text.Json.Serialization;

namespace LeadPredict.Learning.Evaluation;

/// <summary>A figure and its 95 % interval.</summary>
/// <remarks>
/// The interval is the 2.5 % to 97.5 % range of the figure over bootstrap resamples of whole groups (Efron 1979; Field and Welsh 2007 for
/// groups), widened where need be to hold the value itself.
/// NaN, written as null in JSON, means undefined: for example the AUC of rows of one class.
/// </remarks>
/// <param name="Value">The figure on the rows as they are.</param>
/// <param name="Low">Lower end, at most <paramref name="Value"/>.</param>
/// <param name="High">Upper end, at least <paramref name="Value"/>.</param>
public sealed record Metric(
    [property: JsonConverter(typeof(UndefinedAsNullConverter))] double Value,
    [property: JsonConverter(typeof(UndefinedAsNullConverter))] double Low,
    [property: JsonConverter(typeof(UndefinedAsNullConverter))] double High);
