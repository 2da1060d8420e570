using System.Globalization;
using LeadPredict.Features;
using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Scoring.Leads;

/// <summary>What the reader of a score should know, a sentence each.</summary>
public static class ScoreWarnings
{
    /// <summary>How many ignored rows are named; the count tells of all.</summary>
    public const int MaxNamed = 20;

    private const string IgnoredWords = " ignored, having happened or been recorded at or after asOf: ";

    /// <summary>Whether a warning names rows that do not count at the instant, which programs can look up and people cannot.</summary>
    public static bool IsOfIgnoredRows(string warning)
    {
        ArgumentNullException.ThrowIfNull(warning);
        return warning.Contains(IgnoredWords, StringComparison.Ordinal);
    }

    internal static void Add(List<string> warnings, LeadHistory lead, Snapshot snapshot, FunnelDefinition funnel, bool hasScorecard)
    {
        if (snapshot.LeftOut > 0)
        {
            Ignored(warnings, "touch", "touches", lead.Touches, touch => touch.Id, snapshot.AsOf);
            Ignored(warnings, "transition", "transitions", lead.Transitions, transition => transition.Id, snapshot.AsOf);
            Ignored(warnings, "attribute change", "attribute changes", lead.Attributes, change => change.Name, snapshot.AsOf);
            Ignored(warnings, "outcome", "outcomes", lead.Outcomes, outcome => outcome.Id, snapshot.AsOf);
        }

        Stages(warnings, snapshot, funnel);
        if (funnel.Entry >= Stage.SalesQualified)
        {
            warnings.Add("This company’s history does not say when leads became MQL: the model’s funnel begins later, so there is no chance to become SQL beside the chance to close.");
        }
        else if (funnel.Qualify is null)
        {
            warnings.Add("This company’s history does not say when leads became SQL, so there is no chance of that beside the chance to close.");
        }
        else if (funnel.Close is null)
        {
            warnings.Add("This company’s history does not say which deals were won, so there is no chance to close.");
        }

        if (!hasScorecard)
        {
            warnings.Add("The model was published without a scorecard, so scorecard is null.");
        }
    }

    /// <summary>Says of a lead's attribute that its value is not what the model can read, and so counts as not known.</summary>
    /// <param name="source">Of a feature that is made of it.</param>
    internal static string Unreadable(FeatureSource source)
    {
        (string attribute, string expected) = source switch
        {
            AttributeNumber number => (number.Attribute, "a number such as 250 or \"250.5\""),
            AttributeBoolean boolean => (boolean.Attribute, "true or false"),
            AttributeDate { Order: DateOrder.DayFirst } date => (date.Attribute, "a date such as 2025-06-01 or 31/12/2025"),
            AttributeDate { Order: DateOrder.MonthFirst } date => (date.Attribute, "a date such as 2025-06-01 or 12/31/2025"),
            AttributeDate date => (date.Attribute, "a date such as 2025-06-01"),
            _ => throw new ArgumentException($"{source.GetType().Name}; expected a source of one typed attribute", nameof(source)),
        };
        return $"The attribute {attribute} counts as not known: its value is not {expected}.";
    }

    /// <summary>Says of a feature that its value, or that there is none, makes the interval wide.</summary>
    internal static string Unlike(FeatureExtractor extractor, int feature, bool isMissing) => isMissing
        ? $"The interval is wide mostly because of what few or none of the leads learnt from had: {extractor.Describe(feature, float.NaN)}."
        : $"The interval is wide mostly because of a value that few or none of the leads learnt from had: {extractor.Label(feature)}.";

    private static void Stages(List<string> warnings, Snapshot snapshot, FunnelDefinition funnel)
    {
        Stage stage = snapshot.Stage;
        if (stage is Stage.Lost or Stage.Disqualified)
        {
            warnings.Add($"The lead is {stage}: there is nothing to predict unless it is {(stage == Stage.Lost ? "recycled or reopened" : "reopened")}.");
        }
        else if (stage == Stage.Won)
        {
            warnings.Add("The lead is Won: its probabilities say what happened.");
        }
        else if (funnel.EntryAhead(stage) is { } entry)
        {
            warnings.Add($"The lead is not yet {entry}: its probabilities are those of one that is, with this history.");
        }
        else if (stage == Stage.Recycled)
        {
            warnings.Add("The lead is Recycled: its probabilities are of qualifying again from now on.");
        }
        else if (funnel.Close is null && stage.Reaches(Stage.SalesQualified))
        {
            warnings.Add($"The lead is {stage}: it has reached the end of this model's funnel.");
        }
    }

    private static void Ignored<T>(
        List<string> warnings, string one, string many, IReadOnlyList<T> rows, Func<T, string> id, DateTimeOffset asOf)
        where T : HistoryRow
    {
        int count = 0;
        var named = new List<string>();
        foreach (T row in rows)
        {
            if (!Snapshot.Admits(row, asOf))
            {
                count++;
                if (named.Count < MaxNamed)
                {
                    named.Add(id(row));
                }
            }
        }

        if (count > 0)
        {
            string rest = count > named.Count ? string.Create(CultureInfo.InvariantCulture, $" and {count - named.Count} more") : "";
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{count} {(count == 1 ? one : many)}{IgnoredWords}{string.Join(", ", named)}{rest}."));
        }
    }
}
