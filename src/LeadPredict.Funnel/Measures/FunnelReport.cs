using System.Text.Json.Serialization;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Measures;

/// <summary>How the funnel does, measured from the history. Serialisable as JSON.</summary>
public sealed record FunnelReport
{
    /// <summary>The history tells of everything before this instant; what is too young by then is marked.</summary>
    public required DateTimeOffset ObservedUntil { get; init; }

    /// <summary>Leads that were known by then.</summary>
    public required int Leads { get; init; }

    /// <summary>Where the score bands are from, in words; null when there are none.</summary>
    public string? BandsFrom { get; init; }

    /// <summary>Conversion, link by link: MQL to SQL, SQL to won.</summary>
    public required IReadOnlyList<LinkMeasure> Links { get; init; }

    /// <summary>How long leads stay in each stage.</summary>
    public required IReadOnlyList<StageTime> TimeInStage { get; init; }

    /// <summary>The main currency, that of most won deals: what revenue is sorted by; empty where deals name none, null when no won deal has an amount.</summary>
    public string? Currency { get; init; }

    /// <summary>What leads of each source brought in, the highest revenue in the main currency first; of more than two dozen the last row sums the others.</summary>
    public required IReadOnlyList<SourceRevenue> Revenue { get; init; }

    /// <summary>How sales answered MQLs, month by month.</summary>
    public required IReadOnlyList<AcceptanceMonth> Acceptance { get; init; }

    /// <summary>Why, by decision.</summary>
    public required IReadOnlyList<ReasonCount> Reasons { get; init; }

    /// <summary>Marketing's promise: SQLs a month.</summary>
    public required IReadOnlyList<PromisedSqls> Sqls { get; init; }

    /// <summary>Sales' promise: the first call within so many hours.</summary>
    public required IReadOnlyList<PromisedCalls> FirstCalls { get; init; }

    /// <summary>The definitions over time, the latest first.</summary>
    public required IReadOnlyList<DefinitionsInForce> Definitions { get; init; }
}

/// <summary>Conversion through one link.</summary>
/// <param name="From">The stage that opens it.</param>
/// <param name="To">The stage that converts it.</param>
/// <param name="HorizonDays">How long a lead has.</param>
/// <param name="All">All episodes together.</param>
/// <param name="Cohorts">By calendar month (UTC) of the episode's start, the earliest first.</param>
/// <param name="Sources">By the lead's source, the largest first.</param>
/// <param name="Segments">By attributes, each with its groups.</param>
/// <param name="Bands">By score band at the episode's start, the best first; empty without scores.</param>
public sealed record LinkMeasure(
    Stage From,
    Stage To,
    double HorizonDays,
    GroupConversion All,
    IReadOnlyList<GroupConversion> Cohorts,
    IReadOnlyList<GroupConversion> Sources,
    IReadOnlyList<SegmentConversion> Segments,
    IReadOnlyList<GroupConversion> Bands)
{
    /// <summary>Where there are bands, the episodes that have none: those that were over by the time that they were known, of no length, of leads that are not scored, or all of a link that the model knows nothing of; else 0.</summary>
    public int WithoutBand { get; init; }
}

/// <summary>Conversion by the values of one attribute.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Groups">The largest first.</param>
public sealed record SegmentConversion(string Attribute, IReadOnlyList<GroupConversion> Groups);

/// <summary>Conversion of a group of episodes. A lead that qualifies again counts again.</summary>
/// <param name="Name">The group.</param>
/// <param name="Episodes">Episodes.</param>
/// <param name="Converted">Of these, converted within the horizon so far.</param>
/// <param name="Open">Of these, still open inside the horizon: nobody knows yet.</param>
/// <param name="Mature">Of these, whose whole horizon is over.</param>
/// <param name="MatureConverted">Of the mature ones, converted within the horizon.</param>
/// <param name="MatureRate"><paramref name="MatureConverted"/> / <paramref name="Mature"/>, or null without.</param>
/// <param name="IsMature">Whether all are: then nothing will change.</param>
/// <param name="Estimate">The share that will have converted at the horizon, from all episodes, with its interval; null when none was watched long enough.</param>
/// <param name="MedianDays">Days by which half of those that convert in the horizon have; null when none has.</param>
public sealed record GroupConversion(
    string Name,
    int Episodes,
    int Converted,
    int Open,
    int Mature,
    int MatureConverted,
    double? MatureRate,
    bool IsMature,
    ShareEstimate? Estimate,
    double? MedianDays);

/// <summary>How long leads stay in a stage; quartiles by the product-limit estimate, so that open stays count as what they are.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Stays">Stays.</param>
/// <param name="Open">Of these, not ended yet.</param>
/// <param name="QuarterDays">Days after which a quarter has left, or null when that is not known.</param>
/// <param name="MedianDays">Days after which half has left.</param>
/// <param name="ThreeQuarterDays">Days after which three quarters have left.</param>
public sealed record StageTime(Stage Stage, int Stays, int Open, double? QuarterDays, double? MedianDays, double? ThreeQuarterDays);

/// <summary>What leads of one source brought in.</summary>
/// <param name="Source">The source.</param>
/// <param name="Leads">Leads.</param>
/// <param name="Won">Leads that are or were won.</param>
/// <param name="Amounts">Won amounts by currency: the main one, then that of most deals.</param>
/// <param name="WonWithoutAmount">Won leads of which no amount is known.</param>
/// <param name="WonWithoutMove">Won leads that only a deal's outcome tells of: they never moved to won, and count as what their moves say everywhere else.</param>
public sealed record SourceRevenue(string Source, int Leads, int Won, IReadOnlyList<RevenueAmount> Amounts, int WonWithoutAmount, int WonWithoutMove)
{
    /// <summary>The amount in one currency; 0 without deals in it.</summary>
    public decimal In(string? currency) => Amounts.FirstOrDefault(amount => amount.Currency == currency)?.Amount ?? 0;
}

/// <summary>Won deals in one currency.</summary>
/// <param name="Currency">The code, or an empty text when not known.</param>
/// <param name="Amount">Their sum.</param>
/// <param name="Deals">How many.</param>
public sealed record RevenueAmount(string Currency, decimal Amount, int Deals);

/// <summary>Sales' answers of one month. An MQL has one: what becomes of it after it was accepted is none.</summary>
/// <param name="Month">As <c>2025-07</c>, UTC.</param>
/// <param name="Accepted">MQLs accepted, or qualified at once.</param>
/// <param name="Rejected">MQLs sent back; SALs are not, they were accepted.</param>
public sealed record AcceptanceMonth(string Month, int Accepted, int Rejected);

/// <summary>How often a reason was given.</summary>
/// <param name="Action">The decision, as <c>reject</c>.</param>
/// <param name="Reason">The reason's code, or an empty text when none was given.</param>
/// <param name="Text">The same in words.</param>
/// <param name="Count">How often.</param>
/// <param name="Share">Of the decisions of this kind.</param>
public sealed record ReasonCount(string Action, string Reason, string Text, int Count, double Share);

/// <summary>How a promise fared.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PromiseState>))]
public enum PromiseState
{
    /// <summary>Nothing was promised.</summary>
    NotPromised,

    /// <summary>The time is not over and the promise not yet kept.</summary>
    Running,

    /// <summary>Kept.</summary>
    Kept,

    /// <summary>Missed.</summary>
    Missed,
}

/// <summary>SQLs of one month against the promise.</summary>
/// <param name="Month">As <c>2025-07</c>, UTC.</param>
/// <param name="Reached">Leads that became SQL in it.</param>
/// <param name="Promised">How many were promised, or null.</param>
/// <param name="State">How it fared.</param>
/// <param name="Version">The definitions that it was promised in.</param>
public sealed record PromisedSqls(string Month, int Reached, int? Promised, PromiseState State, int Version);

/// <summary>First calls to the MQLs of one month against the promise.</summary>
/// <param name="Month">The month in which they became MQL, UTC.</param>
/// <param name="WithinHours">The promise at its start, or null.</param>
/// <param name="Mqls">How many there were.</param>
/// <param name="Kept">Called in time.</param>
/// <param name="Missed">Called too late, or not at all while the time is over.</param>
/// <param name="Running">Not called, and the time is not over.</param>
/// <param name="MedianHours">Hours after which half of them were called, by the product-limit method as some are young; null while it is not half.</param>
public sealed record PromisedCalls(string Month, double? WithinHours, int Mqls, int Kept, int Missed, int Running, double? MedianHours);

/// <summary>One state of the definitions.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Name">Its name.</param>
/// <param name="From">From when it is in force, or null for from the beginning.</param>
/// <param name="SqlsPerMonth">Marketing's promise, or null.</param>
/// <param name="FirstCallHours">Sales' promise, or null.</param>
/// <param name="Changes">What differs from the version before, a sentence each.</param>
public sealed record DefinitionsInForce(
    int Version, string Name, DateTimeOffset? From, int? SqlsPerMonth, double? FirstCallHours, IReadOnlyList<string> Changes);
