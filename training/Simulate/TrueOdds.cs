namespace LeadPredict.Training.Simulate;

/// <summary>The laws of the simulated market: mostly additive in log-odds, with a hump, an interaction or two, and mild season and drift.</summary>
internal static class TrueOdds
{
    /// <summary>The probability that an MQL becomes SQL, given what is visible as its episode opens.</summary>
    public static double Sql(VisibleTraits traits)
    {
        double logOdds = -1.75
            + SeniorityForSql(traits.Job.Level)
            + FieldForSql(traits.Job.Field)
            + IndustryForSql(traits.Industry)
            + SizeForSql(traits.Employees)
            + SourceForSql(traits.Source)
            + (traits.FreeMail == true ? -0.7 : 0)
            + (1.0 * Math.Min(traits.DemoRequests30, 2))
            + (0.75 * Math.Min(traits.PricingRequests30, 2))
            + (0.5 * Math.Min(traits.TrialSignups90, 1))
            + (0.35 * Math.Min(traits.WebinarsAttended90, 2))
            + (0.25 * Math.Min(traits.EmailClicks90, 3))
            + (0.08 * Math.Min(traits.PageViews30, 6))
            + (0.07 * Math.Min(traits.ActiveDays30, 6))
            + (traits.Unsubscribes > 0 ? -1.2 : 0)
            + (0.18 * Math.Log(1 + Math.Min(traits.ColleagueTouches30, 20)))
            + (-0.5 * Math.Min(traits.EarlierQualifications, 2));

        // The heads of large companies have their names on many lists and buy little themselves.
        bool head = traits.Job.Level >= JobLevel.VicePresident;
        logOdds += head && traits.Employees >= 1000 ? -0.7 : 0;

        // A demo asked for from a private address is often curiosity.
        logOdds += traits.FreeMail == true && traits.DemoRequests30 > 0 ? -0.4 : 0;

        double yearPart = 2 * Math.PI * traits.AsOf.DayOfYear / 365.25;
        logOdds += (0.08 * Math.Cos(yearPart)) - (0.1 * SimulationCalendar.Elapsed(traits.AsOf));
        return Sigmoid(logOdds);
    }

    /// <summary>The probability that it is won once it is SQL, given what was visible as the MQL episode opened.</summary>
    public static double CloseGivenSql(VisibleTraits traits)
    {
        double size = double.IsNaN(traits.Employees) ? 0 : Math.Log(traits.Employees) - Math.Log(220);
        double logOdds = -1.65
            - (0.34 * size)
            + IndustryForClose(traits.Industry)
            + SourceForClose(traits.Source)
            + CountryForClose(traits.Country)
            + SeniorityForClose(traits.Job.Level)
            + (0.4 * Math.Min(traits.DemoRequests90, 2))
            + (0.6 * Math.Min(traits.TrialSignups90, 1))
            + (0.3 * Math.Log(1 + traits.Colleagues))
            - (0.25 * Math.Min(traits.EarlierQualifications, 2));
        return Sigmoid(logOdds);
    }

    private static double SeniorityForSql(JobLevel level) => level switch
    {
        JobLevel.Chief => 0.65,
        JobLevel.VicePresident => 0.85,
        JobLevel.Director => 0.6,
        JobLevel.Manager => 0,
        JobLevel.Staff => -0.8,
        JobLevel.Student => -1.6,
        _ => -0.3,
    };

    private static double FieldForSql(JobField field) => field switch
    {
        JobField.Marketing => 0.35,
        JobField.Sales => 0.3,
        JobField.Finance => -0.3,
        JobField.People => -0.6,
        _ => 0,
    };

    private static double IndustryForSql(string? industry) => industry switch
    {
        "software" => 0.5,
        "financial_services" => 0.25,
        "professional_services" => 0.1,
        "healthcare" => -0.15,
        "education" => -0.8,
        "government" => -0.6,
        _ => 0,
    };

    /// <summary>A hump: companies of about 300 people fit best, tiny and huge ones do not.</summary>
    private static double SizeForSql(double employees)
    {
        double away = Math.Log(employees) - Math.Log(300);
        return double.IsNaN(employees) ? -0.2 : 0.3 - Math.Min(0.14 * away * away, 1.2);
    }

    private static double SourceForSql(string source) => source switch
    {
        "referral" => 0.85,
        "partner" => 0.6,
        "organic_search" => 0.2,
        "direct" => 0.15,
        "paid_social" => -0.6,
        "content_syndication" => -1.0,
        "outbound" => -0.35,
        _ => 0,
    };

    private static double IndustryForClose(string? industry) => industry switch
    {
        "software" => 0.3,
        "manufacturing" => 0.35,
        "media" or "retail" => -0.3,
        "government" => -0.5,
        _ => 0,
    };

    private static double SourceForClose(string source) => source switch
    {
        "referral" => 0.8,
        "partner" => 0.6,
        "paid_social" => -0.3,
        "outbound" => -0.5,
        _ => 0,
    };

    private static double CountryForClose(string? country) => country switch
    {
        "DE" or "NL" => 0.3,
        "IN" => -0.6,
        "BR" => -0.4,
        _ => 0,
    };

    private static double SeniorityForClose(JobLevel level) => level switch
    {
        JobLevel.Chief or JobLevel.VicePresident => 0.5,
        JobLevel.Director => 0.3,
        JobLevel.Staff or JobLevel.Student => -0.5,
        _ => 0,
    };

    private static double Sigmoid(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
