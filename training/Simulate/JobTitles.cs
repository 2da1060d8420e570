namespace LeadPredict.Training.Simulate;

/// <summary>How high a job is.</summary>
internal enum JobLevel
{
    Unknown = 0,
    Student,
    Staff,
    Manager,
    Director,
    VicePresident,
    Chief,
}

/// <summary>What a job is about.</summary>
internal enum JobField
{
    Unknown = 0,
    Management,
    Marketing,
    Sales,
    Technology,
    Finance,
    Operations,
    People,
}

/// <summary>A job as it can be read from its title.</summary>
internal readonly record struct Job(JobLevel Level, JobField Field);

/// <summary>Job titles as people write them, several for the same job, and back from the title to the job.</summary>
internal static class JobTitles
{
    private static readonly Dictionary<Job, string[]> Variants = Spell();
    private static readonly Dictionary<string, Job> Jobs = Variants
        .SelectMany(job => job.Value, (job, title) => (title, job.Key))
        .ToDictionary(pair => pair.title, pair => pair.Key, StringComparer.Ordinal);

    private static readonly (JobLevel, double)[] Levels =
    [
        (JobLevel.Chief, 8), (JobLevel.VicePresident, 11), (JobLevel.Director, 19), (JobLevel.Manager, 31),
        (JobLevel.Staff, 27), (JobLevel.Student, 4),
    ];

    private static readonly (JobField, double)[] Fields =
    [
        (JobField.Marketing, 30), (JobField.Sales, 22), (JobField.Technology, 18), (JobField.Operations, 13),
        (JobField.Finance, 9), (JobField.People, 8),
    ];

    /// <summary>A job by how often it turns up among leads.</summary>
    public static Job Pick(SimulationRandom random)
    {
        JobLevel level = random.Pick(Levels);
        return level switch
        {
            JobLevel.Student => new Job(level, JobField.Unknown),
            JobLevel.Chief when random.Chance(0.45) => new Job(level, JobField.Management),
            _ => new Job(level, random.Pick(Fields)),
        };
    }

    /// <summary>One of the ways to write it.</summary>
    public static string Write(Job job, SimulationRandom random) => random.Pick(Variants[job]);

    /// <summary>The job of a title; unknown when there is none or it was never heard of.</summary>
    public static Job Read(string? title) => title is not null && Jobs.TryGetValue(title, out Job job) ? job : default;

    private static Dictionary<Job, string[]> Spell()
    {
        var variants = new Dictionary<Job, string[]>
        {
            [new(JobLevel.Chief, JobField.Management)] = ["CEO", "Chief Executive Officer", "Founder & CEO", "Co-Founder", "Owner"],
            [new(JobLevel.Student, JobField.Unknown)] = ["Student", "Intern", "Working Student"],
        };
        Add(JobField.Marketing, "Marketing", ["CMO", "Chief Marketing Officer"], ["Marketing Specialist", "Marketing Associate", "Marketing Analyst"]);
        Add(JobField.Sales, "Sales", ["CRO", "Chief Sales Officer", "Chief Revenue Officer"], ["Sales Representative", "Account Executive", "Sales Associate"]);
        Add(JobField.Technology, "IT", ["CIO", "CTO", "Chief Technology Officer"], ["IT Specialist", "System Administrator", "Software Engineer"]);
        Add(JobField.Finance, "Finance", ["CFO", "Chief Financial Officer"], ["Accountant", "Financial Analyst", "Finance Specialist"]);
        Add(JobField.Operations, "Operations", ["COO", "Chief Operating Officer"], ["Operations Analyst", "Operations Specialist"]);
        Add(JobField.People, "HR", ["CHRO", "Chief Human Resources Officer"], ["HR Specialist", "HR Administrator", "Recruiter"]);
        return variants;

        void Add(JobField field, string word, string[] chiefs, string[] staff)
        {
            variants[new(JobLevel.Chief, field)] = chiefs;
            variants[new(JobLevel.VicePresident, field)] = [$"VP {word}", $"VP of {word}", $"Vice President, {word}", $"SVP {word}"];
            variants[new(JobLevel.Director, field)] = [$"Director of {word}", $"{word} Director", $"Head of {word}"];
            variants[new(JobLevel.Manager, field)] = [$"{word} Manager", $"Manager, {word}", $"Senior {word} Manager"];
            variants[new(JobLevel.Staff, field)] = staff;
        }
    }
}
