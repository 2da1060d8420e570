namespace LeadPredict.Features.Sources;

/// <summary>Which touches count. With no type: all activity of the lead's own, which leaves out what it only received and weak evidence.</summary>
/// <param name="Type">The touch type, or null for activity of any type (see <see cref="LeadPredict.Funnel.Leads.TouchTypes.IsActivity"/>).</param>
/// <param name="Property">A property that must be there, or null; needs a type.</param>
/// <param name="Value">The text that the property must be, compared without case, or null with no property.</param>
/// <param name="Contains">Whether the property may merely contain <paramref name="Value"/>, as the address of a page does.</param>
public sealed record TouchFilter(string? Type, string? Property = null, string? Value = null, bool Contains = false);

/// <summary>The number of touches in <c>[AsOf - Days, AsOf)</c>.</summary>
/// <param name="Filter">Which ones.</param>
/// <param name="Days">The lookback, 1 to 3,650, or null for all that is known.</param>
public sealed record TouchCount(TouchFilter Filter, int? Days) : FeatureSource;

/// <summary>Days since the latest such touch; missing when there never was one.</summary>
/// <param name="Filter">Which ones.</param>
public sealed record TouchRecency(TouchFilter Filter) : FeatureSource;

/// <summary>The number of calendar days (UTC) with activity in <c>[AsOf - Days, AsOf)</c>.</summary>
/// <param name="Days">The lookback, 1 to 3,650, or null for all that is known.</param>
public sealed record ActiveDays(int? Days) : FeatureSource;

/// <summary>Activity in the last <paramref name="Days"/> days less that in as many days before, over their sum: -1 to 1, missing when both are empty.</summary>
/// <param name="Days">The length of each of the two windows, 1 to 3,650.</param>
public sealed record ActivityTrend(int Days) : FeatureSource;
