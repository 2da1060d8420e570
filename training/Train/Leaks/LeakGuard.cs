using System.Text.Json;
using LeadPredict.Features;
using LeadPredict.Features.Sources;
using LeadPredict.Learning.Leaks;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Training.Train.Leaks;

/// <summary>Screens the features of a training table and names the columns behind the suspicious ones.</summary>
internal static class LeakGuard
{
    /// <summary>For features made of touches and stages: that something never happened is an honest fact, so being missing is no suspicion.</summary>
    private static readonly LeakThresholds Happenings = LeakThresholds.Default with { MissingAuc = 1 };

    public static LeakReport Screen(TrainingTable table, FeatureSchema schema)
    {
        IReadOnlyList<ColumnScreening> screenings = LeakScreen.Screen(table);
        List<Suspicion> suspicions = [];
        for (int feature = 0; feature < screenings.Count; feature++)
        {
            FeatureDefinition definition = schema.Features[feature];
            LeakThresholds thresholds = IsColumn(definition.Source) ? LeakThresholds.Default : Happenings;
            suspicions.AddRange(LeakVerdict.Judge([screenings[feature]], thresholds)
                .Select(finding => new Suspicion(
                    NameOf(definition), JsonNamingPolicy.CamelCase.ConvertName(finding.Reason.ToString()), finding.Figure, finding.Explanation)));
        }

        return new([.. suspicions.OrderByDescending(suspicion => suspicion.Figure).ThenBy(suspicion => suspicion.Name, StringComparer.Ordinal)]);
    }

    /// <summary>The column or attribute that a person knows the feature by.</summary>
    private static string NameOf(FeatureDefinition feature) => feature.Source switch
    {
        AttributeNumber source => source.Attribute,
        AttributeBoolean source => source.Attribute,
        AttributeCategory source => source.Attribute,
        AttributeDate source => source.Attribute,
        JobTitleSeniority source => source.Attribute,
        JobTitleDepartment source => source.Attribute,
        EmailDomain source => source.Attribute,
        _ => feature.Group,
    };

    private static bool IsColumn(FeatureSource source) =>
        source is AttributeNumber or AttributeBoolean or AttributeCategory or AttributeDate or JobTitleSeniority or JobTitleDepartment or EmailDomain;
}
