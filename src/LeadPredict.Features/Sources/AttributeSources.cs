namespace LeadPredict.Features.Sources;

/// <summary>A numeric attribute or column. Text that is a number in the invariant culture counts; anything else is missing.</summary>
/// <param name="Attribute">The attribute's or column's name; compared without case.</param>
public sealed record AttributeNumber(string Attribute) : FeatureSource;

/// <summary>A yes-or-no attribute or column: 1, 0, or missing.</summary>
/// <param name="Attribute">The attribute's or column's name; compared without case.</param>
public sealed record AttributeBoolean(string Attribute) : FeatureSource;

/// <summary>An attribute or column of categories; the names compare without case after trimming.</summary>
/// <param name="Attribute">The attribute's or column's name; compared without case.</param>
public sealed record AttributeCategory(string Attribute) : FeatureSource;

/// <summary>What is made of a date.</summary>
public enum DatePart
{
    /// <summary>Days from the date to AsOf (history) or to the reference column (tables); negative for dates after it.</summary>
    Recency,

    /// <summary>Days since 1970-01-01.</summary>
    Ordinal,

    /// <summary>The day of the week as a category.</summary>
    Weekday,

    /// <summary>The day of the month, 1 to 31.</summary>
    DayOfMonth,

    /// <summary>The hour of the day, 0 to 23, in UTC.</summary>
    Hour,

    /// <summary>The month of the year as a category.</summary>
    Month,
}

/// <summary>How the day and the month of a slashed date are ordered. Year first is always read.</summary>
public enum DateOrder
{
    /// <summary>As in <c>31/12/2025</c> and <c>31.12.2025</c>.</summary>
    DayFirst,

    /// <summary>As in <c>12/31/2025</c>.</summary>
    MonthFirst,

    /// <summary>No such date was learnt, so that one tells nothing: it is not read. <c>31.12.2025</c>, which is never meant otherwise, is.</summary>
    Unknown,
}

/// <summary>An attribute or column of dates.</summary>
/// <param name="Attribute">The attribute's or column's name; compared without case.</param>
/// <param name="Part">What is made of it.</param>
/// <param name="Order">How slashed dates are read.</param>
/// <param name="Reference">For <see cref="DatePart.Recency"/> in tables: the column that stands for AsOf; null in history mode.</param>
public sealed record AttributeDate(string Attribute, DatePart Part, DateOrder Order, string? Reference = null) : FeatureSource;

/// <summary>The seniority that a job title tells, a category of <see cref="Jobs.JobTitle.Seniorities"/>.</summary>
/// <param name="Attribute">The attribute's or column's name; compared without case.</param>
public sealed record JobTitleSeniority(string Attribute) : FeatureSource;

/// <summary>The department that a job title tells, a category of <see cref="Jobs.JobTitle.Departments"/>.</summary>
/// <param name="Attribute">The attribute's or column's name; compared without case.</param>
public sealed record JobTitleDepartment(string Attribute) : FeatureSource;

/// <summary>The kind of address an e-mail is, a category of <see cref="Emails.EmailAddress.Kinds"/>. The address itself is never kept.</summary>
/// <param name="Attribute">The attribute's or column's name; compared without case.</param>
public sealed record EmailDomain(string Attribute) : FeatureSource;

/// <summary>The lead's source, a category.</summary>
public sealed record LeadSource : FeatureSource;

/// <summary>Days from the lead's creation to AsOf.</summary>
public sealed record LeadAge : FeatureSource;
