using System.Globalization;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Api.HandOff;

/// <summary>Where a lead stands, as a text that is another one after every decision.</summary>
public static class LeadState
{
    /// <summary>The state of a lead by its stage and since when it is there.</summary>
    public static string Of(Stage stage, DateTimeOffset since) => string.Create(CultureInfo.InvariantCulture, $"{stage} {since.UtcDateTime:O}");
}
