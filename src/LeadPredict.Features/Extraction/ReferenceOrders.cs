using LeadPredict.Features.Sources;

namespace LeadPredict.Features.Extraction;

/// <summary>How the slashed dates are ordered that each feature's dates are counted from: as those are read themselves, which may not be as these are.</summary>
internal static class ReferenceOrders
{
    /// <summary>By feature; the default for one whose dates are counted from no other.</summary>
    public static DateOrder[] Of(FeatureSchema schema)
    {
        ILookup<string, DateOrder> orders = schema.Features.Select(feature => feature.Source).OfType<AttributeDate>().ToLookup(date => date.Attribute, date => date.Order, StringComparer.OrdinalIgnoreCase);
        return [.. schema.Features.Select(feature => feature.Source is AttributeDate { Reference: { } reference } date ? orders[reference].FirstOrDefault(date.Order == DateOrder.Unknown ? DateOrder.DayFirst : date.Order) : default)];
    }
}
