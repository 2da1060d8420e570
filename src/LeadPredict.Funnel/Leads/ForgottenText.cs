namespace LeadPredict.Funnel.Leads;

/// <summary>What a text shows of a person who was forgotten.</summary>
public static class ForgottenText
{
    /// <summary>What stands where an address was taken out.</summary>
    public const string InPlace = "(forgotten)";

    /// <summary>Whether something was taken out of a text, so that two equal ones need not have been equal. False for null.</summary>
    public static bool IsIn(string? text) => text?.Contains(InPlace, StringComparison.Ordinal) == true;
}
