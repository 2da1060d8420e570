namespace LeadPredict.Features.Jobs;

/// <summary>Reads seniority and department out of a job title in English, German, French, Spanish, Portuguese, Italian, Dutch, and the commonest words of a few more.</summary>
/// <remarks>
/// Word lists, first rule that matches wins; see <see cref="SeniorityRules"/> and <see cref="DepartmentRules"/>. A title that no rule
/// knows is <see cref="FeatureDefinition.Other"/>. Pure functions, safe on all threads, no allocation.
/// </remarks>
public static class JobTitle
{
    /// <summary>The seniorities by code.</summary>
    public static readonly IReadOnlyList<string> Seniorities =
        [FeatureDefinition.Other, "c-level", "owner", "vp", "director", "manager", "senior", "individual", "student"];

    /// <summary>The departments by code.</summary>
    public static readonly IReadOnlyList<string> Departments =
    [
        FeatureDefinition.Other, "marketing", "sales", "it", "finance", "hr", "operations", "product", "engineering",
        "customer service", "purchasing", "legal", "research", "education", "general management",
    ];

    /// <summary>The code in <see cref="Seniorities"/>; 0 when the title tells none.</summary>
    public static int Seniority(string title) => Classify(title, SeniorityRules.All);

    /// <summary>The code in <see cref="Departments"/>; 0 when the title tells none.</summary>
    public static int Department(string title) => Classify(title, DepartmentRules.All);

    private static int Classify(string title, IReadOnlyList<TitleRule> rules)
    {
        ArgumentNullException.ThrowIfNull(title);
        Span<char> buffer = stackalloc char[TitleText.MaximumLength];
        ReadOnlySpan<char> text = buffer[..TitleText.Normalize(title, buffer)];
        for (int i = 0; i < rules.Count; i++)
        {
            if (rules[i].Matches(text))
            {
                return rules[i].Class;
            }
        }

        return 0;
    }
}
