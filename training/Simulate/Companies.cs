namespace LeadPredict.Training.Simulate;

/// <summary>The companies of the market: where they are, what they do and how large they are.</summary>
internal static class Companies
{
    private static readonly (string, double)[] Industries =
    [
        ("software", 22), ("financial_services", 12), ("manufacturing", 15), ("healthcare", 9), ("retail", 10),
        ("professional_services", 12), ("education", 6), ("government", 5), ("logistics", 6), ("media", 3),
    ];

    private static readonly (string, double)[] Countries =
    [
        ("US", 34), ("DE", 18), ("GB", 13), ("FR", 9), ("NL", 6), ("CA", 7), ("IN", 8), ("BR", 5),
    ];

    private static readonly string[] FirstParts =
    [
        "Alder", "Birch", "Cedar", "Delta", "Ember", "Falcon", "Granite", "Harbor", "Indigo", "Juniper", "Keystone", "Lumen",
        "Meridian", "Nimbus", "Orchard", "Pioneer", "Quartz", "Ridge", "Summit", "Tandem", "Umbra", "Vantage", "Willow", "Zenith",
    ];

    private static readonly string[] SecondParts =
    [
        "Analytics", "Cloud", "Dynamics", "Foods", "Group", "Health", "Industries", "Labs", "Logistics", "Media", "Networks",
        "Partners", "Robotics", "Solutions", "Systems", "Works",
    ];

    public static string Industry(SimulationRandom random) => random.Pick(Industries);

    public static string Country(SimulationRandom random) => random.Pick(Countries);

    /// <summary>Employees: most companies are of middle size, a few are very large (log-normal).</summary>
    public static int Employees(SimulationRandom random) =>
        Rounded(Math.Clamp(Math.Exp(random.Normal(Math.Log(220), 1.5)), 3, 60_000));

    /// <summary>A name and its domain, under the reserved top-level name <c>.example</c> (RFC 2606).</summary>
    public static (string Name, string Domain) Named(int number, SimulationRandom random)
    {
        string first = random.Pick(FirstParts);
        string second = random.Pick(SecondParts);
        string domain = FormattableString.Invariant($"{first}-{second}-{number}.example");
        return ($"{first} {second}", domain.ToLowerInvariant());
    }

    /// <summary>The currency that deals are made in.</summary>
    public static string Currency(string country) => country switch
    {
        "DE" or "FR" or "NL" => "EUR",
        "GB" => "GBP",
        _ => "USD",
    };

    /// <summary>Two leading digits: nobody counts the staff of a large company to the last person.</summary>
    public static int Rounded(double employees)
    {
        double unit = Math.Max(1, Math.Pow(10, Math.Floor(Math.Log10(employees)) - 1));
        return (int)(Math.Round(employees / unit) * unit);
    }
}
