namespace LeadPredict.Learning.Leaks;

/// <summary>From where on a column is suspected to know the outcome.</summary>
/// <remarks>
/// A finding is a question to the people who fill the column, not a proof: a column may be dropped or accepted. The thresholds are therefore set
/// so that an ordinary column passes and a leak is asked about, and none rests on one data set.
/// </remarks>
public sealed record LeakThresholds
{
    /// <summary>The thresholds used unless told otherwise.</summary>
    public static LeakThresholds Default { get; } = new();

    /// <summary>
    /// Single-column AUC that is too good; from 0.5 to 1, default 0.85. Whole models of lead conversion with dozens of honest columns
    /// reach 0.75 to 0.9 and their best column 0.6 to 0.8; one column that does alone what a good model does was written when the answer was known.
    /// </summary>
    public double NearPerfectAuc { get; init; } = 0.85;

    /// <summary>
    /// AUC of the filled-or-missing state that is too good; from 0.5 to 1, default 0.60: the fill rates of the two classes lie 20 points apart.
    /// A form is filled before anyone knows the outcome and differs by a few points; a field that somebody fills while working the lead differs by tens.
    /// Set it to 1 for columns whose absence is itself an honest fact, such as the days since a touch that never came.
    /// </summary>
    public double MissingAuc { get; init; } = 0.60;

    /// <summary>
    /// Share of a class that holds values which the other class never has; from 0 to 1, default 0.20, the same information as 20 points of fill rate.
    /// Honest values are pure only when rare: the good campaign converts often, not always, and the bad one seldom, not never.
    /// </summary>
    public double PureShare { get; init; } = 0.20;

    /// <summary>
    /// Odds ratio of a single value that is too good; default 100. Even at the low end of what its rows allow, the value moves the odds a
    /// hundredfold: from one lead in twenty to five in six. The best honest campaign or page moves them tenfold; a flag set by the purchase moves
    /// them without limit. By chance a few leads that carry a value may all have converted: of one in three that convert, some 160 must have.
    /// </summary>
    public double ValueOddsRatio { get; init; } = 100.0;

    /// <summary>
    /// A column that is filled, or a value that occurs, in one class alone counts only if so many independent groups would all fall into that class by
    /// chance less often than this: (share of the class)^groups; default 1e-6, which leaves room for hundreds of columns with hundreds of values.
    /// </summary>
    public double Chance { get; init; } = 1e-6;

    /// <summary>And only with at least so many groups; default 20. Four leads that all bought are a small sample, not a leak.</summary>
    public int MinimumGroups { get; init; } = 20;

    /// <summary>
    /// An AUC counts only when it lies so many standard errors above 0.5 (of the Mann-Whitney statistic under no association, with groups for rows);
    /// default 4. On 20 positives, columns of noise reach 0.7 by luck.
    /// </summary>
    public double StandardErrors { get; init; } = 4.0;

    /// <summary>Whether so many groups of one class alone are more than chance.</summary>
    internal bool IsMoreThanChance(int groups, double classShare) =>
        groups >= MinimumGroups && groups * Math.Log(classShare) < Math.Log(Chance);
}
