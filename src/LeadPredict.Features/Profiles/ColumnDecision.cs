using System.Globalization;
using LeadPredict.Features.Jobs;
using LeadPredict.Features.Sources;
using LeadPredict.Features.Words;

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

    /// <summary>
    /// Whole numbers that are named for identifiers are some when this share of the values differ: tables that were joined or put together have a few rows twice. In a history, where a
    /// lead has several snapshots, of the values that accounts have.
    /// </summary>
    private const double IdentifierShare = 0.9;

    private static readonly string[] Weekdays = [FeatureDefinition.Other, .. Enum.GetNames<DayOfWeek>()];

    private static readonly string[] Months = [FeatureDefinition.Other, .. CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[..12]];

    /// <summary>The features, or none with the reason why; and what makes it doubtful that they are what is meant, if anything does.</summary>
    public (IReadOnlyList<FeatureDefinition> Features, string? LeftOut, string? Doubt) Decide(string name, ColumnProfile profile)
    {
        if (!options.KeepStateColumns && ColumnNames.IsState(name, history))
        {
            return ([], "holds the state at the time of the export, which is the outcome or follows from it", null);
        }

        if (profile.Present < options.MinimumCount)
        {
            return ([], $"filled in {profile.Present} of {rows} rows; at least {options.MinimumCount} are needed", null);
        }

        double enough = Share * profile.Present;
        int known = Known(profile);
        bool enoughKnown = known >= options.MinimumCount;
        DateColumn? dates = enoughKnown && Math.Max(profile.DayFirstDates, profile.MonthFirstDates) >= Share * known ? new(profile) : null;
        (IReadOnlyList<FeatureDefinition> features, string? reason) =
            profile.Emails >= enough ? ([Category(name, name, new EmailDomain(name), Emails.EmailAddress.Kinds)], null)
            : profile.Booleans >= enough ? Booleans(name, profile)
            : ColumnNames.IsPersonal(name) ? ([], "personal; a score must not depend on it")
            : enoughKnown && profile.Numbers >= Share * known ? Numbers(name, profile, known)
            : dates is not null ? (Dates(name, dates), null)
            : Texts(name, profile);
        if (ColumnNames.IsPersonal(name))
        {
            return (features, reason, null);
        }

        string? doubt = features.All(feature => feature.Source is AttributeCategory)
            ? Doubt(profile, known, features.Count > 0)
            : Lost(profile, features[0].Source, known) ?? dates?.Doubt;
        return (features, reason, doubt);
    }

    /// <summary>Rows of which a value is known if the column is one of numbers or dates. In histories words mean what they say, since the import took out those for missing.</summary>
    private int Known(ColumnProfile profile) => history ? profile.Present : profile.Present - profile.Unknown;

    /// <summary>Says so where some cells of a column are not what the others are, and so taken for missing: they need not be a sample of all, as when only large numbers have marks.</summary>
    private string? Lost(ColumnProfile profile, FeatureSource source, int known)
    {
        (int read, int of, string? kind, Func<string, bool> fits) = source switch
        {
            AttributeNumber => (profile.Numbers, known, "numbers (digits and a point alone)", text => NumberText.TryParse(text, out _)),
            AttributeDate date => (Math.Max(profile.DayFirstDates, profile.MonthFirstDates), known, "dates in the form that the others have", text => DateText.TryParse(text, date.Order, out _)),
            AttributeBoolean => (profile.Booleans, profile.Present, "yes or no", text => BooleanWords.Parse(text) is not null),
            _ => (0, 0, (string?)null, (Func<string, bool>)(_ => true)),
        };
        if (history || kind is null || read >= of)
        {
            return null;
        }

        string example = Commonest(profile, text => !fits(text) && !MissingWords.AmongNumbers.Contains(text)) is { } other ? $", such as one like {TextShape.Of(other)}," : "";
        return FormattableString.Invariant($"{of - read} of its {of} cells{example} are not {kind}, and are taken for missing");
    }

    /// <summary>Says so where texts are for the most part numbers, plain ones or with marks; null where they are not, or numbers are all there is.</summary>
    private string? Doubt(ColumnProfile profile, int known, bool categories)
    {
        int meant = profile.Numbers + profile.MarkedNumbers;
        if (profile.Numbers >= Share * known || 2L * meant < known)
        {
            return null;
        }

        (string hindrance, string advice) = profile.MarkedNumbers > 0
            ? ($"some have marks in them, as {MarkedShape(profile)} has", "write numbers with digits and a point alone")
            : (Word(profile) is { } word ? $"some are texts such as '{word}'" : "some are texts", "leave such cells empty where they mean that nothing is known");
        return FormattableString.Invariant(
            $"{100L * meant / known} % of its cells are numbers, but {hindrance}, so it is {(categories ? "read as categories" : "left out as texts")}; {advice}");
    }

    /// <summary>The commonest number with marks, a 9 for each digit: the number may be somebody's.</summary>
    private static string MarkedShape(ColumnProfile profile)
    {
        string commonest = Commonest(profile, text => !NumberText.TryParse(text, out _) && NumberText.LooksLikeOne(text)) ?? "9,999.99";
        return string.Concat(commonest.Select(character => char.IsAsciiDigit(character) ? '9' : character));
    }

    private static string? Commonest(ColumnProfile profile, Func<string, bool> isMeant) => profile.Counts.Where(pair => isMeant(pair.Key))
        .OrderByDescending(pair => pair.Value.Rows).ThenBy(pair => pair.Key, StringComparer.Ordinal).FirstOrDefault().Key;

    /// <summary>The commonest text that may be shown and is neither a number nor a word for missing.</summary>
    private string? Word(ColumnProfile profile) => Categories(profile).Skip(1)
        .FirstOrDefault(text => !NumberText.TryParse(text, out _) && !MissingWords.AmongNumbers.Contains(text));

    private (IReadOnlyList<FeatureDefinition>, string?) Booleans(string name, ColumnProfile profile) =>
        CategoryChoice.Distinct(profile.Counts) == 1 && Constant(profile.Present) is { } reason
            ? ([], reason)
            : ([Number(name, name, new AttributeBoolean(name))], null);

    private (IReadOnlyList<FeatureDefinition>, string?) Numbers(string name, ColumnProfile profile, int known)
    {
        if (profile.Minimum == profile.Maximum && Constant(known) is { } reason)
        {
            return ([], reason);
        }

        bool whole = profile.WholeNumbers == known;
        if (whole && profile.AllDiffer
            && (ColumnNames.IsIdentifier(name) || profile.Maximum - profile.Minimum + 1 == known))
        {
            return ([], "an identifier: whole numbers, another one in every row");
        }

        if (whole && ColumnNames.IsIdentifier(name) && (history ? OfAccounts(profile) : profile.Different >= IdentifierShare * known))
        {
            return ([], $"an identifier: whole numbers, another one in almost every {(history ? "account" : "row")}");
        }

        return whole && ColumnNames.IsReference(name) && Categories(profile) is { Count: > 1 } codes
            ? ([Category(name, name, new AttributeCategory(name), codes)], null)
            : ([Number(name, name, new AttributeNumber(name))], null);
    }

    /// <summary>Whether hardly a value is of two accounts. The values that were counted tell it of all.</summary>
    private bool OfAccounts(ColumnProfile profile) => profile.Counts.Count >= options.MinimumCount
        && profile.Counts.Count >= IdentifierShare * profile.Counts.Values.Sum(count => (long)count.Groups);

    private List<FeatureDefinition> Dates(string name, DateColumn dates)
    {
        FeatureDefinition Part(string suffix, DatePart part, string? reference = null) =>
            Number($"{name}{suffix}", name, new AttributeDate(name, part, dates.Order, reference));
        if (history)
        {
            return [Part(" (days ago)", DatePart.Recency)];
        }

        FeatureDefinition weekday = Category(
            $"{name} (weekday)", name, new AttributeDate(name, DatePart.Weekday, dates.Order), Weekdays);
        bool isTime = string.Equals(name, options.TimeColumn, StringComparison.OrdinalIgnoreCase);
        List<FeatureDefinition> features = isTime ? [weekday, Part(" (day of month)", DatePart.DayOfMonth)]
            : options.TimeColumn is { } time ? [Part(" (days before)", DatePart.Recency, time), weekday]
            : [Part(" (day)", DatePart.Ordinal), weekday];
        if (dates.SpanYears)
        {
            features.Add(Category($"{name} (month)", name, new AttributeDate(name, DatePart.Month, dates.Order), Months));
        }

        if (dates.HaveHours(options.MinimumCount))
        {
            features.Add(Part(" (hour)", DatePart.Hour));
        }

        return features;
    }

    private (IReadOnlyList<FeatureDefinition>, string?) Texts(string name, ColumnProfile profile)
    {
        List<FeatureDefinition> features = [];
        bool manyOrNamed = profile.Counts.Count > ManyValues || ColumnNames.IsTitle(name);
        if (manyOrNamed && KnownTitles(profile) >= TitleShare * (profile.Present - profile.Uncounted))
        {
            features.Add(Category($"{name} (seniority)", name, new JobTitleSeniority(name), JobTitle.Seniorities));
            features.Add(Category($"{name} (department)", name, new JobTitleDepartment(name), JobTitle.Departments));
        }

        IReadOnlyList<string> categories = Categories(profile);
        bool constant = CategoryChoice.Distinct(profile.Counts) == 1 && profile.Uncounted == 0;
        if (constant && Constant(profile.Present) is { } reason)
        {
            return ([], reason);
        }

        if (categories.Count > 1)
        {
            features.Insert(0, Category(name, name, new AttributeCategory(name), categories));
        }

        return features.Count > 0
            ? (features, null)
            : ([], $"{profile.Counts.Count} different texts, none of them in {(history ? $"the rows of {options.CategoryMinimumCount} accounts" : $"{options.CategoryMinimumCount} rows")}");
    }

    /// <summary>Rows whose text tells a seniority; departments alone, such as "sales" or "it", are no titles.</summary>
    private static long KnownTitles(ColumnProfile profile)
    {
        long known = 0;
        foreach ((string text, ValueTally count) in profile.Counts)
        {
            known += JobTitle.Seniority(text) != 0 ? count.Rows : 0;
        }

        return known;
    }

    private IReadOnlyList<string> Categories(ColumnProfile profile) => CategoryChoice.Of(profile.Counts, options);

    /// <summary>One value alone says nothing, unless its absence does.</summary>
    private string? Constant(int known) =>
        rows - known >= options.MinimumCount ? null : "has one value only";

    private static FeatureDefinition Number(string name, string group, FeatureSource source) =>
        new() { Name = name, Group = group, Kind = FeatureKind.Numeric, Source = source };

    private static FeatureDefinition Category(string name, string group, FeatureSource source, IReadOnlyList<string> categories) =>
        new() { Name = name, Group = group, Kind = FeatureKind.Categorical, Source = source, Categories = categories };
}
