using System.Security.Cryptography;
using System.Text;
using LeadPredict.Scorecard.Conditions;
using LeadPredict.Scorecard.Proposals;
using LeadPredict.Scorecard.Reading;
using LeadPredict.Scorecard.Rules;

namespace LeadPredict.Scorecard;

/// <summary>A card: rules in five groups, an MQL threshold, SQL criteria and grades, read from YAML. Immutable and safe to share between threads.</summary>
public sealed class ScorecardDefinition
{
    private const string DefaultName = "default-scorecard.yaml";
    private static readonly Lazy<ScorecardDefinition> LazyDefault = new(ReadDefault);

    internal ScorecardDefinition(string yaml)
    {
        Yaml = yaml;
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml.ReplaceLineEndings("\n"))));
    }

    /// <summary>The card that ships with LeadPredict, for B2B software sold to companies of 20 to 5,000 people.</summary>
    public static ScorecardDefinition Default => LazyDefault.Value;

    /// <summary>The file's text as it was read.</summary>
    public string Yaml { get; }

    /// <summary>SHA-256 of the text with line ends as LF, in lower-case hex: two cards are the same card when it is equal.</summary>
    public string Fingerprint { get; }

    /// <summary>The card's name, or an empty text.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The number the team gave this state of the card; at least 1.</summary>
    public int Version { get; internal init; }

    /// <summary>Whether the step MQL exists; when off, a lead goes to SQL by criteria whatever its points.</summary>
    public bool MqlStep { get; internal init; } = true;

    /// <summary>Whether the step SAL exists; when on, criteria make an SQL only after sales accepted the lead.</summary>
    public bool SalStep { get; internal init; } = true;

    /// <summary>Points from which a lead is an MQL (included); 0 when the step is off.</summary>
    public int MqlThreshold { get; internal init; }

    /// <summary>The bounds of the total.</summary>
    public PointLimits TotalLimits { get; internal init; } = PointLimits.None;

    /// <summary>Where the grades begin.</summary>
    public GradeBands Grades { get; internal init; } = new([0, 0, 0], [0, 0, 0]);

    /// <summary>The groups in their fixed order, those without rules included.</summary>
    public IReadOnlyList<ScorecardGroup> Groups { get; internal init; } = [];

    /// <summary>What sales qualification takes: all must hold. Empty when only signals lead there.</summary>
    public IReadOnlyList<NamedCondition> SqlCriteria { get; internal init; } = [];

    /// <summary>Who is never suggested for any step, whatever the points.</summary>
    public IReadOnlyList<NamedCondition> Exclusions { get; internal init; } = [];

    /// <summary>What reads strangely but is allowed, such as a touch type of the company's own; each with its place.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>What the conditions name.</summary>
    internal CardNames Names { get; init; } = new(new(), new());

    /// <summary>How many rules there are in all groups.</summary>
    public int RuleCount => Groups.Sum(group => group.Rules.Count);

    /// <summary>Reads a card.</summary>
    /// <param name="yaml">The text; at most 1 MB as UTF-8.</param>
    /// <param name="fileName">What messages call the file.</param>
    /// <exception cref="ScorecardFormatException">The text is not a card; every fault is listed with line, column, what was found and what was expected.</exception>
    public static ScorecardDefinition Parse(string yaml, string fileName)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentNullException.ThrowIfNull(fileName);
        return ScorecardReader.Read(yaml, fileName);
    }

    /// <summary>Reads a card from a file in UTF-8, with or without a byte-order mark.</summary>
    /// <param name="path">The file; it may be replaced while the card is in use, which does not change the card.</param>
    /// <exception cref="ScorecardFormatException">As <see cref="Parse"/>, and when the file is over 1 MB or is not UTF-8.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static ScorecardDefinition Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(ScorecardFile.Read(path), path);
    }

    /// <summary>The same conditions with other points, as a card of the next version; a hit counts once, without limits and decay, but that signals expire as before.</summary>
    /// <param name="rules">Whole points other than 0 for one rule, or for several that count as one; rules that are not named leave the card, but for pure signals.</param>
    /// <param name="mqlThreshold">The points from which a lead is an MQL; drawn into what the rules can give.</param>
    /// <exception cref="ScorecardFormatException">The points make no card, for example when there are none, or none above 0 while an MQL takes some.</exception>
    public ScorecardDefinition WithPoints(IReadOnlyList<PointedRules> rules, int mqlThreshold)
    {
        ArgumentNullException.ThrowIfNull(rules);
        Dictionary<string, GradeAxis> axes = Groups.SelectMany(group => group.Rules.Select(rule => (rule.Name, group.Axis))).ToDictionary(rule => rule.Name, rule => rule.Axis, StringComparer.Ordinal);
        int Most(GradeAxis axis) => rules.Where(one => one.Points > 0 && axes[one.Rules[0]] == axis).Sum(one => one.Points);
        int highest = Most(GradeAxis.Fit) + Most(GradeAxis.Engagement);
        int lowest = rules.Where(one => one.Points < 0).Sum(one => one.Points);
        return Parse(
            ProposedCard.Write(this, rules, Math.Clamp(mqlThreshold, Math.Max(1, lowest + 1), Math.Max(1, highest)), Starts(Most(GradeAxis.Fit)), Starts(Most(GradeAxis.Engagement))),
            "the proposed card");

        static int[] Starts(int most)
        {
            int c = Math.Max(1, most / 8);
            int b = Math.Max(c + 1, most / 3);
            return [Math.Max(b + 1, most * 3 / 5), b, c];
        }
    }

    private static ScorecardDefinition ReadDefault()
    {
        using Stream stream = typeof(ScorecardDefinition).Assembly.GetManifestResourceStream(DefaultName)!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return Parse(reader.ReadToEnd(), DefaultName);
    }
}
