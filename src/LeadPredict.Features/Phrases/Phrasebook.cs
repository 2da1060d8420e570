using System.Globalization;
using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Features.Phrases;

/// <summary>Says features and their values in plain words. Category names come from the schema, never from the row, so nothing personal is repeated.</summary>
internal static class Phrasebook
{
    // A trend that is told as one.
    private const double Marked = 0.1;

    public static string Label(FeatureDefinition feature) => feature.Source switch
    {
        AttributeNumber source => Naming.Humanize(source.Attribute),
        AttributeBoolean source => Naming.Humanize(source.Attribute),
        AttributeCategory source => Naming.Humanize(source.Attribute),
        AttributeDate { Part: DatePart.Recency } source => $"days since {Naming.Humanize(source.Attribute)}",
        AttributeDate { Part: DatePart.Weekday } source => $"weekday of {Naming.Humanize(source.Attribute)}",
        AttributeDate { Part: DatePart.DayOfMonth } source => $"day of the month of {Naming.Humanize(source.Attribute)}",
        AttributeDate { Part: DatePart.Month } source => $"month of {Naming.Humanize(source.Attribute)}",
        AttributeDate { Part: DatePart.Hour } source => $"hour of {Naming.Humanize(source.Attribute)}",
        AttributeDate source => Naming.Humanize(source.Attribute),
        JobTitleSeniority => "seniority by job title",
        JobTitleDepartment => "department by job title",
        EmailDomain => "kind of e-mail address",
        LeadSource => "source of the lead",
        LeadAge => "age of the lead",
        TouchCount source => TouchPhrases.Plural(source.Filter) + TouchPhrases.Within(source.Days),
        TouchRecency source => $"days since the last {TouchPhrases.Singular(source.Filter)}",
        ActiveDays source => "active days" + TouchPhrases.Within(source.Days),
        ActivityTrend source => $"activity in the last {source.Days} days against the {source.Days} before",
        CurrentStage => "stage",
        TimeInStage => "time in the stage",
        StageVelocity source => $"time from {From(source.From)} to {Naming.Of(source.To)}",
        EarlierEntries { Stage: Stage.Recycled } => "times recycled",
        EarlierEntries source => $"earlier times at {Naming.Of(source.Stage)}",
        AccountActivity source => AccountLabel(source.Measure),
        _ => feature.Name,
    };

    public static string Describe(FeatureDefinition feature, float value)
    {
        string? category = feature.Kind == FeatureKind.Categorical && !float.IsNaN(value) ? feature.Categories[(int)value] : null;
        return feature.Source switch
        {
            JobTitleSeniority => Category("job title", category, "tells no rank", name => $"job title says {Rank(name)}"),
            JobTitleDepartment => Category("job title", category, "tells no department", name => $"works in {Department(name)}"),
            EmailDomain => Category("e-mail address", category, "is of an uncommon kind", Mail),
            LeadSource => Category("source", category, "is an uncommon one", name => $"came from {Naming.Humanize(name)}"),
            CurrentStage => Category("stage", category, "is a rare one", name => $"is at {Naming.Of(Enum.Parse<Stage>(name))}"),
            TouchCount source => TouchPhrases.Count(source, value),
            TouchRecency source => TouchPhrases.Recency(source.Filter, value),
            ActiveDays source => $"active on {Naming.Count(value, "day", "days")}{TouchPhrases.Within(source.Days)}",
            ActivityTrend source => Trend(source, value),
            LeadAge => $"known for {Naming.Days(value)}",
            TimeInStage => $"in its stage for {Naming.Days(value)}",
            StageVelocity source => Velocity(source, value),
            EarlierEntries { Stage: Stage.Recycled } => value == 0 ? "never recycled" : $"recycled {Naming.Times(value)}",
            EarlierEntries source => value == 0
                ? $"for the first time at {Naming.Of(source.Stage)}"
                : $"was at {Naming.Of(source.Stage)} {Naming.Times(value)} before",
            AccountActivity source => Account(source.Measure, value),
            _ => Attribute(feature, value, category),
        };
    }

    /// <summary>The value that stands for all those that are said alike: of spans of days the whole days, of a trend its direction.</summary>
    public static float Grain(FeatureDefinition feature, float value) => feature.Source switch
    {
        _ when float.IsNaN(value) => float.NaN,
        TouchRecency or LeadAge or TimeInStage or StageVelocity => value < 1 ? 0 : MathF.Floor(value),
        ActivityTrend => value > Marked ? 1 : value < -Marked ? -1 : 0,
        _ => value,
    };

    private static string Attribute(FeatureDefinition feature, float value, string? category)
    {
        string label = Label(feature);
        return float.IsNaN(value) ? $"{label} is not known"
            : feature.Source is AttributeBoolean ? $"{label} is {(value != 0 ? "yes" : "no")}"
            : feature.Source is AttributeDate { Part: DatePart.Recency } date ? Date(Naming.Humanize(date.Attribute), value)
            : feature.Source is AttributeDate { Part: DatePart.Ordinal } ? $"{label} is {Calendar(value)}"
            : category == FeatureDefinition.Other ? $"{label} is an uncommon one"
            : $"{label} is {category ?? Naming.Number(value)}";
    }

    private static string Category(string thing, string? category, string other, Func<string, string> say) =>
        category is null ? $"{thing} is not known" : category == FeatureDefinition.Other ? $"{thing} {other}" : say(category);

    private static string Date(string label, float days) => days >= 0 ? $"{label} was {Naming.Ago(days)}" : $"{label} is in {Naming.Days(-days)}";

    private static string Calendar(float days) =>
        DateTime.UnixEpoch.AddDays(Math.Clamp(days, -700_000, 2_900_000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Trend(ActivityTrend source, float value) => float.IsNaN(value) ? $"no activity in {2 * source.Days} days"
        : value > Marked ? $"more active in the last {source.Days} days than before"
        : value < -Marked ? $"less active in the last {source.Days} days than before"
        : $"as active in the last {source.Days} days as before";

    private static string Velocity(StageVelocity source, float value) => float.IsNaN(value)
        ? $"{Naming.Of(source.To)} not reached from {From(source.From)}"
        : $"{Naming.Of(source.To)} {Naming.Days(value)} after {From(source.From)}";

    private static string From(Stage stage) => stage == Stage.Lead ? "creation" : Naming.Of(stage);

    private static string Rank(string name) => name switch
    {
        "c-level" => "C-level",
        "vp" => "VP",
        "individual" => "individual contributor",
        _ => name,
    };

    private static string Department(string name) => name is "it" or "hr" ? name.ToUpperInvariant() : name;

    private static string Mail(string kind) => kind switch
    {
        "business" => "e-mail address of a company",
        "free mail" => "e-mail address of a free mail service",
        "education" => "e-mail address of a school or university",
        "government" => "e-mail address of a public body",
        "role address" => "e-mail address of a function, not a person",
        "disposable" => "disposable e-mail address",
        _ => "e-mail address is not valid",
    };

    private static string AccountLabel(AccountMeasure measure) => measure switch
    {
        AccountMeasure.KnownLeads => "colleagues known",
        AccountMeasure.Touches30 => "colleagues' activity in 30 days",
        AccountMeasure.Touches90 => "colleagues' activity in 90 days",
        AccountMeasure.ReachedSql => "colleagues that reached SQL",
        AccountMeasure.Won => "colleagues won",
        _ => "colleagues lost or disqualified",
    };

    private static string Account(AccountMeasure measure, float value) => measure switch
    {
        AccountMeasure.KnownLeads => $"{Naming.Count(value, "colleague", "colleagues")} known",
        AccountMeasure.Touches30 => $"{Naming.Count(value, "activity", "activities")} by colleagues in 30 days",
        AccountMeasure.Touches90 => $"{Naming.Count(value, "activity", "activities")} by colleagues in 90 days",
        AccountMeasure.ReachedSql => $"{Naming.Count(value, "colleague", "colleagues")} reached SQL",
        AccountMeasure.Won => $"{Naming.Count(value, "colleague", "colleagues")} won",
        _ => $"{Naming.Count(value, "colleague", "colleagues")} lost or disqualified",
    };
}
