using LeadPredict.Features.Jobs;
using LeadPredict.Features.Sources;

namespace LeadPredict.Features.Profiles;

/// <summary>Decides what features an attribute or column becomes.</summary>
/// <param name="options">The options of the schema.</param>
/// <param name="rows">The number of training rows.</param>
/// <param name="history">Whether it is an attribute of a history instead of a column of a table.</param>
internal sealed class ColumnDecision(SchemaOptions options, int rows, bool history)
{
    /// <summary>A kind is given to a column when this share of its values has it; the rest is then missing.</summary>
    private const double Share = 0.99;

    /// <summary>
    /// A column is taken for job titles when the word lists know this share of its values, and it is named like one or has many
    /// values; else the categories tell as much.
    /// </summary>
    private const double TitleShare = 0.4;

    private const int ManyValues = 100;

    private static readonly string[] Weekdays = [FeatureDefinition.Other, .. Enum.GetNames<DayOfWeek>()];

    /// <summary>The features, or none with the reason why.</summary>
    public (IReadOnlyList<FeatureDefinition> Features, string? LeftOut) Decide(string name, ColumnProfile profile)
    {
        if (!options.KeepStateColumns && ColumnNames.IsState(name, history))
        {
            return ([], "holds the state at the time of the export, which is the outcome or follows from it");
        }

        if (profile.Present < options.MinimumCount)
        {
            return ([], $"filled in {profile.Present} of {rows} rows; at least {options.MinimumCount} are needed");
        }

        double enough = Share * profile.Present;
        return profile.Emails >= enough ? ([Category(name, name, new EmailDomain(name), Emails.EmailAddress.Kinds)], null)
            : profile.Booleans >= enough ? Booleans(name, profile)
            : profile.Numbers >= enough ? Numbers(name, profile)
            : Math.Max(profile.DayFirstDates, profile.MonthFirstDates) >= enough ? (Dates(name, profile), null)
            : Texts(name, profile);
    }

    private (IReadOnlyList<FeatureDefinition>, string?) Booleans(string name, ColumnProfile profile) =>
        CategoryChoice.Distinct(profile.Counts) == 1 && Constant(profile) is { } reason
            ? ([], reason)
            : ([Number(name, name, new AttributeBoolean(name))], null);

    private (IReadOnlyList<FeatureDefinition>, string?) Numbers(string name, ColumnProfile profile)
    {
        if (profile.Minimum == profile.Maximum && Constant(profile) is { } reason)
        {
            return ([], reason);
        }

        bool whole = profile.WholeNumbers == profile.Present;
        if (whole && profile.AllDiffer
            && (ColumnNames.IsIdentifier(name) || profile.Maximum - profile.Minimum + 1 == profile.Present))
        {
            return ([], "an identifier: whole numbers, another one in every row");
        }

        return whole && ColumnNames.IsReference(name) && Categories(profile) is { Count: > 1 } codes
            ? ([Category(name, name, new AttributeCategory(name), codes)], null)
            : ([Number(name, name, new AttributeNumber(name))], null);
    }

    private List<FeatureDefinition> Dates(string name, ColumnProfile profile)
    {
        DateOrder order = profile.DayFirstDates >= profile.MonthFirstDates ? DateOrder.DayFirst : DateOrder.MonthFirst;
        FeatureDefinition Part(string suffix, DatePart part, string? reference = null) =>
            Number($"{name}{suffix}", name, new AttributeDate(name, part, order, reference));
        if (history)
        {
            return [Part(" (days ago)", DatePart.Recency)];
        }

        FeatureDefinition weekday = Category(
            $"{name} (weekday)", name, new AttributeDate(name, DatePart.Weekday, order), Weekdays);
        bool isTime = string.Equals(name, options.TimeColumn, StringComparison.OrdinalIgnoreCase);
        return isTime ? [weekday, Part(" (day of month)", DatePart.DayOfMonth)]
            : options.TimeColumn is { } time ? [Part(" (days before)", DatePart.Recency, time), weekday]
            : [Part(" (day)", DatePart.Ordinal), weekday];
    }

    private (IReadOnlyList<FeatureDefinition>, string?) Texts(string name, ColumnProfile profile)
    {
        if (ColumnNames.IsPersonal(name))
        {
            return ([], "personal; a score must not depend on it");
        }

        List<FeatureDefinition> features = [];
        bool manyOrNamed = profile.Counts.Count > ManyValues || ColumnNames.IsTitle(name);
        if (manyOrNamed && KnownTitles(profile) >= TitleShare * (profile.Present - profile.Uncounted))
        {
            features.Add(Category($"{name} (seniority)", name, new JobTitleSeniority(name), JobTitle.Seniorities));
            features.Add(Category($"{name} (department)", name, new JobTitleDepartment(name), JobTitle.Departments));
        }

        IReadOnlyList<string> categories = Categories(profile);
        bool constant = CategoryChoice.Distinct(profile.Counts) == 1 && profile.Uncounted == 0;
        if (constant && Constant(profile) is { } reason)
        {
            return ([], reason);
        }

        if (categories.Count > 1)
        {
            features.Insert(0, Category(name, name, new AttributeCategory(name), categories));
        }

        return features.Count > 0
            ? (features, null)
            : ([], $"{profile.Counts.Count} different texts, none of them in {options.CategoryMinimumCount} rows");
    }

    /// <summary>Rows whose text tells a seniority; departments alone, such as "sales" or "it", are no titles.</summary>
    private static long KnownTitles(ColumnProfile profile)
    {
        long known = 0;
        foreach ((string text, int count) in profile.Counts)
        {
            known += JobTitle.Seniority(text) != 0 ? count : 0;
        }

        return known;
    }

    private IReadOnlyList<string> Categories(ColumnProfile profile) => CategoryChoice.Of(profile.Counts, options);

    /// <summary>One value alone says nothing, unless its absence does.</summary>
    private string? Constant(ColumnProfile profile) =>
        rows - profile.Present >= options.MinimumCount ? null : "has one value only";

    private static FeatureDefinition Number(string name, string group, FeatureSource source) =>
        new() { Name = name, Group = group, Kind = FeatureKind.Numeric, Source = source };

    private static FeatureDefinition Category(string name, string group, FeatureSource source, IReadOnlyList<string> categories) =>
        new() { Name = name, Group = group, Kind = FeatureKind.Categorical, Source = source, Categories = categories };
}
