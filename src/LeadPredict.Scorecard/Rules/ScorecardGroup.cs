namespace LeadPredict.Scorecard.Rules;

/// <summary>Which axis of the grade a group counts on.</summary>
public enum GradeAxis
{
    /// <summary>Who the lead is: the letter.</summary>
    Fit = 0,

    /// <summary>What the lead does: the digit.</summary>
    Engagement = 1,
}

/// <summary>One of the five groups of rules.</summary>
/// <param name="Key">Its key in the file: demographic, company, online, email or social.</param>
/// <param name="Title">Its name in words, as items and reports write it.</param>
/// <param name="Axis">The axis of the grade that it counts on.</param>
/// <param name="Limits">The bounds of the sum of its rules.</param>
/// <param name="Rules">Its rules in the order of the file.</param>
public sealed record ScorecardGroup(
    string Key, string Title, GradeAxis Axis, PointLimits Limits, IReadOnlyList<ScorecardRule> Rules)
{
    /// <summary>The five groups in the order in which they are evaluated: key, title, axis.</summary>
    public static readonly IReadOnlyList<(string Key, string Title, GradeAxis Axis)> Known =
    [
        ("demographic", "demographic", GradeAxis.Fit),
        ("company", "company", GradeAxis.Fit),
        ("online", "online behaviour", GradeAxis.Engagement),
        ("email", "e-mail engagement and subscription", GradeAxis.Engagement),
        ("social", "social", GradeAxis.Engagement),
    ];

    /// <summary>The most points that the group can give.</summary>
    public double Highest => Limits.Apply(Rules.Sum(rule => Math.Max(0, rule.Extreme)));

    /// <summary>The least points that the group can give.</summary>
    public double Lowest => Limits.Apply(Rules.Sum(rule => Math.Min(0, rule.Extreme)));
}
