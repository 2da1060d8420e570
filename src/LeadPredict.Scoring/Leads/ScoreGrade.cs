namespace LeadPredict.Scoring.Leads;

/// <summary>The letter of a score: A from 80 (the best fifth of the reference leads), B from 50, C from 20, else D.</summary>
public static class ScoreGrade
{
    /// <summary>The letter.</summary>
    /// <param name="score">0 to 100.</param>
    public static string Of(int score) => score switch
    {
        >= 80 => "A",
        >= 50 => "B",
        >= 20 => "C",
        _ => "D",
    };
}
