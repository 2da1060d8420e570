namespace LeadPredict.Training.Simulate;

/// <summary>Names and addresses of people who do not exist.</summary>
internal static class People
{
    private static readonly string[] GivenNames =
    [
        "anna", "ben", "carla", "david", "elena", "felix", "grace", "hugo", "ines", "jonas", "kira", "liam", "mara", "noah",
        "olga", "paul", "rosa", "sam", "tara", "uwe", "vera", "will", "yara", "zoe",
    ];

    private static readonly string[] FamilyNames =
    [
        "adler", "brandt", "costa", "dubois", "evans", "fischer", "garcia", "hansen", "iyer", "jensen", "kumar", "lopez", "meyer",
        "novak", "okafor", "petrov", "quinn", "rossi", "silva", "turner", "usman", "visser", "weber", "young",
    ];

    private static readonly (string, double)[] FreeMailDomains =
        [("gmail.com", 50), ("outlook.com", 20), ("yahoo.com", 15), ("hotmail.com", 10), ("gmx.de", 5)];

    /// <summary>An address at the company's domain, or at a free-mail provider.</summary>
    /// <param name="number">The lead's number, which keeps addresses apart.</param>
    /// <param name="domain">The company's domain, or null for a free address.</param>
    /// <param name="random">The account's generator.</param>
    public static string Email(int number, string? domain, SimulationRandom random) =>
        FormattableString.Invariant($"{random.Pick(GivenNames)}.{random.Pick(FamilyNames)}{number}@{domain ?? random.Pick(FreeMailDomains)}");

    /// <summary>Whether an address is at a free-mail provider; null when there is none.</summary>
    public static bool? IsFree(string? email) =>
        email is null ? null : FreeMailDomains.Any(free => email.EndsWith("@" + free.Item1, StringComparison.Ordinal));
}
